"""How many batches of a kind are in memory before anybody wants them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from resync.room import BATCHES, limited_room
from resync.snapshot import SharedList
from resync.spool import Spool
from statuspage import Raw, Reading

LENGTH = 5
READERS = BATCHES + 3


@pytest.fixture
async def lists() -> AsyncIterator[list[SharedList]]:
    """Lists that are on disk soon."""
    spool = Spool()

    async def listing() -> AsyncIterator[Reading[list[Raw]]]:
        for number in range(LENGTH):
            yield Reading([{"id": str(number)}], 0.0)

    yield [SharedList(listing(), spool) for _ in range(READERS)]
    spool.close()


class Readers:
    """One reader for each list, who keeps a batch until they may go on."""

    def __init__(self, lists: list[SharedList]) -> None:
        self.given: list[int] = []
        self.onwards = asyncio.Event()
        self.tasks = [asyncio.create_task(self._read(*numbered)) for numbered in enumerate(lists)]

    async def _read(self, number: int, shared: SharedList) -> None:
        async for _ in shared.batches():
            self.given.append(number)
            await self.onwards.wait()

    async def stop(self, count: int) -> None:
        """Have some of them go away."""
        for task in self.tasks[:count]:
            task.cancel()
        await asyncio.wait(self.tasks[:count])


async def test_so_many_are_brought_back_and_the_others_wait(lists: list[SharedList]) -> None:
    with limited_room():
        readers = Readers(lists)
    await asyncio.sleep(100)
    assert readers.given == list(range(BATCHES))

    readers.onwards.set()
    await asyncio.gather(*readers.tasks)
    assert len(readers.given) == READERS * LENGTH


async def test_a_reader_who_is_gone_leaves_room(lists: list[SharedList]) -> None:
    with limited_room():
        readers = Readers(lists)
    await asyncio.sleep(100)
    await readers.stop(BATCHES)
    await asyncio.sleep(100)

    assert readers.given == list(range(2 * BATCHES))
    await readers.stop(READERS)


async def test_kinds_that_are_read_side_by_side_do_not_wait_for_each_other(
    lists: list[SharedList],
) -> None:
    with limited_room():
        one = Readers(lists)
    with limited_room():
        other = Readers(lists)
    await asyncio.sleep(100)

    assert other.given == list(range(BATCHES))
    await one.stop(READERS)
    await other.stop(READERS)


async def test_whoever_reads_alone_has_all_room(lists: list[SharedList]) -> None:
    readers = Readers(lists)
    await asyncio.sleep(100)

    assert readers.given == list(range(READERS))
    await readers.stop(READERS)
