"""What a form of the page sends, taken from this page alone."""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import Depends, Request

from port_sandbox.errors import Forbidden

# An address and a form name inputs behind this, so that none can pass for another word.
INPUT = "in."
SENT = "sent"

type Sent = dict[str, list[str]]


async def the_form(request: Request) -> Sent:
    """Return what was sent; a page from elsewhere may not start anything here."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden(f"{origin} is not this page")
    raw = (await request.body()).decode(errors="replace")
    return parse_qs(raw, keep_blank_values=True)


Form = Annotated[Sent, Depends(the_form)]


def inputs_in(sent: Sent) -> Sent:
    """Return the inputs of an action, by their names."""
    return {k.removeprefix(INPUT): v for k, v in sent.items() if k.startswith(INPUT)}


def first(sent: Sent, name: str) -> str:
    return next(iter(sent.get(name, [])), "")
