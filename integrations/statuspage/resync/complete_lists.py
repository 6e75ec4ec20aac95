"""A list from its beginning to its end; an empty one is not believed at once.

A resync deletes what a list no longer shows. So where a list is empty and held something before,
it is asked for once more.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from statuspage import Clock, Collection, Listing, Raw, Reading

from .known_pages import KnownPages

logger = logging.getLogger(__name__)

# A hiccup of the vendor's is over by then, and a resync has the time.
ASK_AGAIN_AFTER = 5.0

# The other lists show only what is open, and that is often nothing.
EVERYTHING = (Collection.COMPONENT_GROUPS, Collection.COMPONENTS, Collection.INCIDENTS)

# Whether Port holds anything that a page's list has shown before.
type HeldBefore = Callable[[str, Collection], Awaitable[bool]]

# How many rows a list has at least.
type AtLeast = Callable[[], Awaitable[int]]


async def complete(
    listing: Listing,
    known: KnownPages,
    clock: Clock,
    held_before: HeldBefore | None = None,
    at_least: AtLeast | None = None,
) -> AsyncIterator[Reading[list[Raw]]]:
    """Yield a list as it comes; who stops early learns nothing of its length."""
    rows = 0
    async for reading in listing.readings(at_least):
        rows += len(reading.content)
        yield reading
        del reading
    if not rows and await _held_something(listing, known, held_before):
        logger.warning(
            "The list %s of page %s is empty and was not before, so it is asked for once more",
            listing.collection.path,
            listing.page_id,
        )
        await clock.sleep(ASK_AGAIN_AFTER)
        async for reading in listing.readings():
            rows += len(reading.content)
            yield reading
            del reading
    known.rows[listing.page_id, listing.collection] = rows


async def _held_something(
    listing: Listing, known: KnownPages, held_before: HeldBefore | None
) -> bool:
    if listing.collection not in EVERYTHING:
        return False
    rows = known.rows.get((listing.page_id, listing.collection))
    if rows is None and held_before is not None:
        # The first resync of a process has seen nothing before.
        return await held_before(listing.page_id, listing.collection)
    return bool(rows)
