"""`SharedList`: one fetch, any number of readers, at any time, none of them left hanging."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from resync.snapshot import SharedList
from resync.spool import Spool
from statuspage import AccessDenied, Raw, Reading, StatuspageError

from .reading import settled, until_the_error

BATCHES = [[{"id": f"{number}"}] for number in range(5)]
PATIENCE = 60


@pytest.fixture
def spool() -> Iterator[Spool]:
    """A spool that is closed behind the test."""
    opened = Spool()
    yield opened
    opened.close()


async def listing(
    batches: list[list[Raw]], *, every: float = 1.0, error: Exception | None = None
) -> AsyncIterator[Reading[list[Raw]]]:
    """Yield batches now and then."""
    for batch in batches:
        await asyncio.sleep(every)
        yield Reading(batch, 0.0)
    if error is not None:
        raise error


async def contents(shared: SharedList) -> AsyncIterator[list[Raw]]:
    async for batch in shared.batches():
        yield batch.content


async def whole(shared: SharedList) -> list[list[Raw]]:
    """Read a list to its end."""
    return [batch.content async for batch in shared.batches()]


async def test_it_is_fetched_without_a_reader(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES), spool)
    await asyncio.sleep(100)

    assert await settled() == set()
    assert await whole(shared) == BATCHES


async def test_a_reader_gets_each_batch_when_it_comes(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES, every=10), spool)
    loop = asyncio.get_running_loop()
    started = loop.time()

    moments = [loop.time() - started async for _ in shared.batches()]

    assert moments == pytest.approx([10, 20, 30, 40, 50])


async def test_several_readers_each_get_everything(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES), spool)

    results = await asyncio.gather(*(whole(shared) for _ in range(4)))

    assert results == [BATCHES] * 4


async def test_a_reader_that_comes_late_gets_everything(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES, every=10), spool)
    early = asyncio.create_task(whole(shared))
    await asyncio.sleep(25)

    assert await whole(shared) == BATCHES
    assert await early == BATCHES
    assert await whole(shared) == BATCHES


async def test_an_empty_list_ends_at_once(spool: Spool) -> None:
    assert await whole(SharedList(listing([]), spool)) == []


async def test_an_error_comes_behind_what_was_read_for_every_reader(spool: Spool) -> None:
    error = AccessDenied("GET /x", 403, "")
    shared = SharedList(listing(BATCHES, error=error), spool)

    for _ in range(2):
        arrived: list[list[Raw]] = []
        with pytest.raises(AccessDenied) as caught:
            await until_the_error(contents(shared), arrived)
        assert arrived == BATCHES
        assert caught.value is error


async def test_a_reader_that_leaves_does_not_stop_the_fetch(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES), spool)
    leaving = asyncio.create_task(whole(shared))
    await asyncio.sleep(2.5)
    leaving.cancel()

    assert await whole(shared) == BATCHES


async def test_stopping_ends_every_reader_with_an_error_of_ours(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES, every=10), spool)
    readers = [asyncio.create_task(whole(shared)) for _ in range(3)]
    await asyncio.sleep(25)

    shared.cancel()

    for reader in readers:
        with pytest.raises(StatuspageError, match="stopped"):
            await asyncio.wait_for(reader, PATIENCE)
    assert await settled() == set()


async def test_who_reads_after_the_stop_gets_what_there_was_and_the_error(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES, every=10), spool)
    await asyncio.sleep(25)
    shared.cancel()

    arrived: list[list[Raw]] = []
    with pytest.raises(StatuspageError, match="stopped"):
        await until_the_error(contents(shared), arrived)

    assert arrived == BATCHES[:2]


async def test_stopping_before_the_fetch_began_leaves_no_reader_hanging(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES), spool)
    reader = asyncio.create_task(whole(shared))

    shared.cancel()

    with pytest.raises(StatuspageError, match="stopped"):
        await asyncio.wait_for(reader, PATIENCE)


async def test_stopping_a_list_that_is_complete_changes_nothing(spool: Spool) -> None:
    shared = SharedList(listing(BATCHES), spool)
    await whole(shared)

    shared.cancel()

    assert await whole(shared) == BATCHES
