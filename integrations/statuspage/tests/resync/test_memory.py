"""The memory of a resync does not grow with the history: lists wait on disk."""

import asyncio
import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from resync.everywhere import everywhere
from resync.snapshot import Snapshot
from resync.streams import Incidents, IncidentUpdates
from statuspage import QUOTA
from tests.account import Account
from tests.network import Network

from .reading import settled, snapshot_of

# One object for all incidents: the account itself costs next to nothing.
BODY = "It is being looked into. " * 240
PAGES = 3


def _account(incidents: int, pages: int = PAGES) -> tuple[Account, int]:
    account = Account()
    for _ in range(pages):
        page = account.add_page()
        for _ in range(incidents):
            account.add_incident(page, postmortem_body=BODY)
    return account, pages * incidents * len(BODY)


@contextmanager
def measured(account: Account) -> Iterator[Snapshot]:
    """Open a snapshot whose memory is measured, without the garbage that waits for collection.

    Every answer of httpx is such garbage: the answer and its stream hold on to each other. Nor
    does the network hold any: what is on the way takes no memory of ours.
    """

    def answer(request: httpx.Request) -> httpx.Response:
        gc.collect()
        return account(request)

    gc.collect()
    gc.freeze()
    tracemalloc.start()
    snapshot = Snapshot(Network(answer, latency=0).client())
    try:
        yield snapshot
    finally:
        tracemalloc.stop()
        gc.unfreeze()
        snapshot.close()


async def _peak(account: Account) -> int:
    """Return the most memory that reading both kinds of incidents takes at any moment."""
    with measured(account) as snapshot:
        snapshot.fetch_ahead(Incidents().collections)
        for stream in (Incidents(), IncidentUpdates(Incidents())):
            async for _ in everywhere(snapshot, stream):
                pass
        return tracemalloc.get_traced_memory()[1]


async def test_reading_takes_far_less_memory_than_the_incidents_have() -> None:
    account, size = _account(incidents=1600)

    peak = await _peak(account)

    assert size > 28_000_000
    assert peak < size / 3


async def test_pages_that_wait_for_their_turn_hold_nothing() -> None:
    account, size = _account(incidents=90, pages=40)
    with measured(account) as snapshot:
        snapshot.fetch_ahead(Incidents().collections)
        await settled()
        # All is on disk by now.
        for stream in (Incidents(), IncidentUpdates(Incidents())):
            reading = everywhere(snapshot, stream)
            await anext(reading)
            await settled()
            gc.collect()
            held, _ = tracemalloc.get_traced_memory()
            assert held < size / 3
            await reading.aclose()  # type: ignore[attr-defined]


async def test_three_times_the_history_takes_about_the_same_memory() -> None:
    short, _ = _account(incidents=400)
    long, _ = _account(incidents=1200)

    assert await _peak(long) < 1.5 * await _peak(short)


async def test_what_is_fetched_ahead_of_a_slow_reader_waits_on_disk() -> None:
    account, size = _account(incidents=600)

    with measured(account) as snapshot:
        snapshot.fetch_ahead(Incidents().collections)
        await asyncio.sleep(300)
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]

    assert len(account.counted) == 1 + PAGES * 7
    assert held < size / 50


async def test_a_list_that_waits_for_its_next_page_holds_nothing_of_the_last() -> None:
    account, size = _account(incidents=110, pages=40)

    with measured(account) as snapshot:
        snapshot.fetch_ahead(Incidents().collections)
        # The quota's first minute is used up.
        await asyncio.sleep(30)
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]

    assert len(account.counted) == QUOTA
    assert held < size / 50


async def test_the_disk_space_is_given_back() -> None:
    account, _ = _account(incidents=20)

    async with snapshot_of(account) as snapshot:
        async for _ in everywhere(snapshot, Incidents()):
            pass

    # A file that stayed open would warn when it is collected, and warnings are errors here.
    assert await settled() == set()
