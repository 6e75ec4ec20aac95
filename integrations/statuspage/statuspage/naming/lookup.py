"""From what somebody wrote to ids, with one request where that takes one.

An id is taken from its form, without a request: exactly 12 small letters and digits, some of
each, as the API makes them. A name of that form has to be written with its group.
"""

import re
from collections.abc import Iterable

from statuspage.client import StatuspageClient

from .matching import match_component, match_page

_ID = re.compile(r"(?=.*[a-z])(?=.*[0-9])[a-z0-9]{12}")


def is_id(text: str) -> bool:
    """Tell whether a text can be nothing but an id."""
    return _ID.fullmatch(text) is not None


async def find_page(client: StatuspageClient, wanted: str | None = None) -> str:
    """Return a page's id, from its id, name, subdomain or domain; None takes the only page.

    An id is returned as it is. Everything else costs one request.
    """
    if wanted is not None and is_id(wanted):
        return wanted
    return str(match_page(await client.pages(), wanted)["id"])


async def find_components(
    client: StatuspageClient, page_id: str, wanted: Iterable[str]
) -> dict[str, str]:
    """Return the id of each component by what it was called: its id, name or `Group / Name`.

    Where all are ids, no request is made. Otherwise the page's components are listed, and ids
    that are not among them are unknown too.
    """
    names = list(dict.fromkeys(wanted))
    if all(is_id(name) for name in names):
        return {name: name for name in names}
    rows = [row async for row in client.components(page_id)]
    return {name: str(match_component(rows, name)["id"]) for name in names}
