"""Reads a document of a page's public API; it costs nothing of the key's quota."""

import asyncio
from dataclasses import dataclass

from statuspage import StatuspageClient

from .public_documents import Parse, UnusableDocument

SUMMARY, INCIDENTS, MAINTENANCES = "summary", "incidents", "scheduled-maintenances"

# Whatever takes longer has no answer.
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Tagged[T]:
    """A document, and the tag by which its server knows it again."""

    document: T
    tag: str | None


async def read_document[T](
    client: StatuspageClient, page_id: str, name: str, parse: Parse[T], tag: str | None = None
) -> Tagged[T] | None:
    """Return a document, None when it is still what it was under that tag.

    Raise a RequestError or an UnusableDocument when there is none.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await client.public_document(page_id, name, tag)
    except TimeoutError:
        raise UnusableDocument(f"there is no answer within {PATIENCE:.0f} seconds") from None
    return None if answer is None else Tagged(parse(answer.content, page_id), answer.tag)
