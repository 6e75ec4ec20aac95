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

# A batch costs Ocean new worker processes and an upload to wait for, and is held in memory; as
# measured by `make bench`, what is saved beyond a few hundred is little.
LEAST = 100
MOST = 250

# Batches that may wait between the pages and Ocean. Few: what is fetched ahead waits on disk.
WAITING = 1


async def merged[T](
    streams: Mapping[str, Batches[T]], failures: Mapping[str, Exception]
) -> Batches[T]:
    """Yield what all pages bring; then raise if any failed, or had failed before.

    So one broken page costs the others nothing, and Ocean still learns that the result is not
    whole and deletes nothing.
    """
    failed = dict(failures)
    arrived: asyncio.Queue[list[T] | None] = asyncio.Queue(WAITING)

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
            together, ended = await _arrived(arrived)
            running -= ended
            if together:
                yield together
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if failed:
        raise ResyncIncomplete(failed)


async def _arrived[T](arrived: asyncio.Queue[list[T] | None]) -> tuple[list[T], int]:
    """Take all that came while Ocean was busy, up to a batch; tell how many streams ended."""
    together: list[T] = []
    ended = 0
    while True:
        if (batch := await arrived.get()) is None:
            ended += 1
        else:
            together += batch
        if arrived.empty() or len(together) >= MOST:
            return together, ended


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
    except ResyncIncomplete:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting
