"""A resync takes what a live event has read since, and never writes an older state over it."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from kinds import ObjectKind
from resync.knowledge import Knowledge
from resync.newest import MOST_ROUNDS, Newest, kept_newest
from resync.snapshot import Snapshot
from resync.streams import Components, Incidents, Pages, everywhere
from statuspage import Raw, page_status
from tests.account import Account
from tests.virtual_time import now

from .histories import CURSOR, changes_of
from .reading import Server, client_to

STREAM = Incidents()
KIND = ObjectKind.INCIDENT


def state(object_id: str, number: int = 0) -> Raw:
    """Return an incident in one of its states."""
    return {"id": object_id, "status": "investigating", "number": number}


async def listed(*batches: list[Raw]) -> AsyncIterator[list[Raw]]:
    """Yield what a list brought."""
    for batch in batches:
        yield batch


class Loading:
    """Ocean, which loads one batch after the other, and what happens meanwhile."""

    def __init__(self, newest: Newest) -> None:
        self.newest = newest
        self.batches: list[list[Raw]] = []
        self.forgotten: list[str] = []
        self.meanwhile: dict[int, Raw | None] = {}

    async def forget(self, kind: ObjectKind, ids: list[str]) -> None:
        """Take objects out of Port."""
        self.forgotten += ids

    async def load(self, *batches: list[Raw]) -> list[list[Raw]]:
        """Load what is yielded; while batch number n is loaded, `meanwhile[n]` is sighted."""
        async for batch in kept_newest(listed(*batches), STREAM, self.newest, self.forget):
            self.batches.append(batch)
            if (number := len(self.batches)) in self.meanwhile:
                self.newest.note(KIND, "a", self.meanwhile[number], now())
        return self.batches


@pytest.fixture
def loading() -> Loading:
    """Ocean, with nothing sighted yet."""
    return Loading(Newest())


async def test_without_live_events_each_batch_is_yielded_once(loading: Loading) -> None:
    first, second = [state("a"), state("b")], [state("c")]

    assert await loading.load(first, second) == [first, second]


async def test_what_was_sighted_since_takes_the_place_of_what_was_listed(loading: Loading) -> None:
    loading.newest.note(KIND, "a", state("a", 1), now())
    loading.newest.note(KIND, "b", None, now())

    assert await loading.load([state("a"), state("b"), state("c")]) == [[state("a", 1), state("c")]]
    assert loading.forgotten == []


async def test_what_is_sighted_while_it_is_loaded_is_brought_once_more(loading: Loading) -> None:
    loading.meanwhile = {1: state("a", 1), 2: state("a", 2)}

    assert await loading.load([state("a"), state("b")]) == [
        [state("a"), state("b")],
        [state("a", 1)],
        [state("a", 2)],
    ]


async def test_a_sighting_that_shows_nothing_new_is_not_brought_again(loading: Loading) -> None:
    loading.meanwhile = {1: state("a")}

    assert await loading.load([state("a")]) == [[state("a")]]


async def test_what_goes_while_it_is_loaded_is_taken_out_again(loading: Loading) -> None:
    loading.meanwhile = {1: None}

    assert await loading.load([state("a"), state("b")]) == [[state("a"), state("b")]]
    assert loading.forgotten == ["a"]


async def test_what_is_sighted_while_something_is_taken_out_is_not_lost(loading: Loading) -> None:
    batches: list[list[Raw]] = []

    async def forget(kind: ObjectKind, ids: list[str]) -> None:
        loading.newest.note(KIND, "b", state("b", 2), now())

    kept = kept_newest(listed([state("a"), state("b")]), STREAM, loading.newest, forget)
    async for batch in kept:
        batches.append(batch)
        if len(batches) == 1:
            loading.newest.note(KIND, "a", None, now())
            loading.newest.note(KIND, "b", state("b", 1), now())

    assert batches[-1] == [state("b", 2)]


async def test_an_object_that_never_stops_changing_does_not_keep_the_resync(
    loading: Loading, caplog: pytest.LogCaptureFixture
) -> None:
    loading.meanwhile = {number: state("a", number) for number in range(1, 1000)}

    with caplog.at_level(logging.WARNING):
        batches = await loading.load([state("a")], [state("b")])

    assert len(batches) == MOST_ROUNDS + 1
    assert batches[-1] == [state("b")]
    assert "change faster than Port takes them in" in caplog.text


def test_a_reading_that_was_sent_later_overtakes_a_sighting() -> None:
    newest = Newest()
    newest.note(KIND, "early", state("early"), 10.0)
    newest.note(KIND, "late", state("late"), 12.0)

    newest.overtaken(KIND, ["early", "late"], sent=11.0)

    assert newest.of(KIND, "early") is None
    assert newest.of(KIND, "late") is not None


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    newest = Newest(most=3)

    for number in range(10):
        newest.note(KIND, str(number), None, float(number))

    known = [number for number in range(10) if newest.of(KIND, str(number))]
    assert known == [7, 8, 9]


async def test_a_list_that_a_resync_reads_overtakes_what_was_sighted_before(
    account: Account,
) -> None:
    page = account.add_page(components=2)
    first, second = page.components
    knowledge = Knowledge()
    snapshot = Snapshot(client_to(Server(account)), (), knowledge)
    knowledge.newest.note(ObjectKind.COMPONENT, first["id"], {**first, "status": "old"}, now())
    async for _ in everywhere(snapshot, Components()):
        # The list was read before.
        new = {**second, "status": "new"}
        knowledge.newest.note(ObjectKind.COMPONENT, second["id"], new, now())
    snapshot.close()

    assert knowledge.newest.of(ObjectKind.COMPONENT, first["id"]) is None
    assert knowledge.newest.of(ObjectKind.COMPONENT, second["id"]) is not None


@pytest.mark.parametrize(("age", "believed"), [(0.0, True), (page_status.CACHED_FOR, False)])
async def test_a_public_status_out_of_the_cache_does_not_overtake_a_newer_one(
    account: Account, age: float, *, believed: bool
) -> None:
    page = account.add_page(components=1)
    knowledge = Knowledge()
    seen = {**page.raw, "__status": {"indicator": "major", "description": "Outage"}}
    knowledge.newest.note(ObjectKind.PAGE, page.raw["id"], seen, now())
    await asyncio.sleep(age)
    snapshot = Snapshot(client_to(Server(account)), (), knowledge)

    async for _ in everywhere(snapshot, Pages()):
        pass
    snapshot.close()

    assert (knowledge.newest.of(ObjectKind.PAGE, page.raw["id"]) is not None) is believed


async def test_what_an_incremental_sync_reads_overtakes_what_was_sighted_before(
    account: Account,
) -> None:
    page = account.add_page()
    listed_one = account.add_incident(page, status="identified")
    alone = account.add_incident(page)
    knowledge = Knowledge()
    for incident in (listed_one, alone):
        knowledge.newest.note(KIND, incident["id"], {**incident, "status": "old"}, now())
    page.incidents.remove(alone)
    snapshot = Snapshot(client_to(Server(account)), (), knowledge)
    changes = changes_of(snapshot, {page.raw["id"]: frozenset({alone["id"]})})

    changed = await changes.of(page.raw["id"], CURSOR)
    snapshot.close()

    assert changed.gone == [alone["id"]]
    assert knowledge.newest.of(KIND, listed_one["id"]) is None
    assert knowledge.newest.of(KIND, alone["id"]) is None
