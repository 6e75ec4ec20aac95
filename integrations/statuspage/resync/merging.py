"""All pages' streams as one: as they come, in good batches, failures last."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping

from statuspage import Raw, Reading, StatuspageError

from .errors import ResyncIncomplete
from .room import limited_room

logger = logging.getLogger(__name__)

# Every object comes with the moment when its request was sent: it is no older than that.
type Read = Reading[Raw]
type Batches[T] = AsyncIterator[list[T]]
type Stream = Batches[Read]

# Each batch costs some requests to Port and lines of log, and is held in memory; as measured by
# `make bench`, what is saved beyond a few hundred is little.
LEAST = 100
MOST = 250


async def merged[T](
    streams: Mapping[str, Batches[T]], failures: Mapping[str, Exception]
) -> Batches[T]:
    """Yield what all pages bring; then raise if any failed, or had failed before.

    So one broken page costs the others nothing, and Ocean still learns that the result is not
    whole and deletes nothing.
    """
    failed = dict(failures)
    # One waits, no more: what is fetched ahead is on disk.
    arrived: asyncio.Queue[list[T] | None] = asyncio.Queue(1)

    async def bring(page_id: str, stream: Batches[T]) -> None:
        try:
            async for batch in stream:
                await arrived.put(batch)
                # While it waits for the next.
                del batch
        except StatuspageError as error:
            failed[page_id] = error
        except Exception as error:
            logger.exception("Page %s could not be read, by a fault of ours", page_id)
            failed[page_id] = error
        await arrived.put(None)

    with limited_room():
        tasks = [asyncio.create_task(bring(*item)) for item in streams.items()]
    try:
        running = len(tasks)
        while running:
            if (batch := await arrived.get()) is None:
                running -= 1
            else:
                yield batch
                del batch
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if failed:
        raise ResyncIncomplete(failed)


async def sized[T](batches: Batches[T]) -> Batches[T]:
    """Yield the same items in batches of LEAST to MOST; the last one may be smaller.

    What came before an error is yielded before the error goes on.
    """
    waiting: list[T] = []
    try:
        async for batch in batches:
            waiting += batch
            while len(waiting) >= LEAST:
                yield waiting[:MOST]
                waiting = waiting[MOST:]
            del batch
    except ResyncIncomplete:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting
