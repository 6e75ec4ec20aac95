"""Reads a list of PagerDuty's to its end, or not at all."""

import logging
from collections.abc import Mapping, Sequence

import httpx

from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.content import Raw, rows, text
from statuspage_bridge.sources.endpoint import Endpoint

log = logging.getLogger(__name__)

PAGE_SIZE = 100
# PagerDuty answers no question beyond it: https://developer.pagerduty.com/docs
MOST = 10_000
TRIES = 3


async def whole_list(
    endpoint: Endpoint, path: str, name: str, asked: Mapping[str, str | Sequence[str]]
) -> list[Raw]:
    """Return a list; where it changed while it was read, one may have slipped through."""
    account = endpoint.account
    for _ in range(TRIES):
        found: dict[str, Raw] = {}
        more = True
        total: object = None
        for offset in range(0, MOST, PAGE_SIZE):
            paging = {"limit": str(PAGE_SIZE), "offset": str(offset), "total": "true"}
            page = await endpoint.get(path, {**asked, **paging})
            listed = page.get(name) if isinstance(page, dict) else None
            if not isinstance(listed, list):
                raise SourceUnread(f"{account} answered without {name}.")
            found |= {text(row.get("id")): row for row in rows(listed)}
            total, more = page.get("total"), bool(page.get("more"))
            if not more:
                break
        if more:
            raise SourceUnread(f"{account} has more than {MOST} {name}.")
        if not isinstance(total, int) or total == len(found):
            return list(found.values())
        log.info("The %s of %s changed while they were read.", name, account)
    raise SourceUnread(f"The {name} of {account} change faster than they can be read.")


def pagerduty_headers(key: str) -> httpx.Headers:
    """Return what every request to PagerDuty carries."""
    return httpx.Headers(
        {
            "Authorization": f"Token token={key}",
            "Accept": "application/vnd.pagerduty+json;version=2",
        }
    )
