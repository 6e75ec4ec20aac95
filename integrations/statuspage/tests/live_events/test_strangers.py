"""What strangers can do to the desk before our pages are known, and with ids that nobody has."""

from collections.abc import AsyncIterator
from contextvars import ContextVar

import pytest

from kinds import ObjectKind
from live_events.budget import Guarded
from live_events.desk import Desk
from live_events.hints import Hint, Subject
from live_events.look import Found
from resync.knowledge import Knowledge
from resync.newest import Newest, kept_newest
from resync.streams import Incidents, IncidentUpdates, updates_of
from statuspage import Raw, StatuspageClient
from tests.account import Account
from tests.virtual_time import now

CALLER: ContextVar[str] = ContextVar("CALLER")


class Stage:
    """A desk that knows no page yet, and what it published."""

    def __init__(self, client: StatuspageClient) -> None:
        self.published: list[Found] = []
        self.callers: list[str | None] = []
        self.knowledge = Knowledge()
        self.desk = Desk(client, self.knowledge, self._publish, Guarded(60))

    async def _publish(self, found: Found) -> None:
        self.published.append(found)
        self.callers.append(CALLER.get(None))


@pytest.fixture
def stage(client: StatuspageClient) -> Stage:
    return Stage(client)


async def test_pages_that_strangers_made_up_cost_one_list_and_no_time(
    stage: Stage, account: Account
) -> None:
    page = account.add_page()
    incident = account.add_incident(page)
    begin = now()
    made_up = [
        stage.desk.note(Hint(f"madeup{number}", Subject.INCIDENT, "inc")) for number in range(900)
    ]
    real = stage.desk.note(Hint(page.raw["id"], Subject.INCIDENT, incident["id"]))

    for waiting in (*made_up, real):
        await waiting

    assert [found.page["id"] for found in stage.published] == [page.raw["id"]]
    assert len(account.counted) == 2
    assert now() == begin
    await stage.desk.close()


async def test_an_id_that_nobody_has_is_asked_for_once(stage: Stage, account: Account) -> None:
    page = account.add_page()
    hint = Hint(page.raw["id"], Subject.INCIDENT, "nobodys")

    for _ in range(20):
        await stage.desk.note(hint)

    assert len([one for one in account.counted if "nobodys" in one]) == 1
    await stage.desk.close()


async def test_an_object_of_another_page_is_known_not_to_be_this_one_s(
    stage: Stage, account: Account
) -> None:
    page, other = account.add_page(), account.add_page()
    incident = account.add_incident(other)
    await stage.desk.note(Hint(other.raw["id"], Subject.INCIDENT, incident["id"]))
    spent = len(account.counted)

    await stage.desk.note(Hint(page.raw["id"], Subject.INCIDENT, incident["id"]))

    assert len(account.counted) == spent
    await stage.desk.close()


def test_that_a_page_does_not_know_an_object_says_nothing_of_another_page_s() -> None:
    newest = Newest()
    raw = {"id": "inc1", "page_id": "theirs"}
    newest.note(ObjectKind.INCIDENT, "inc1", raw, 1.0, "theirs")
    newest.note(ObjectKind.INCIDENT, "inc1", None, 2.0, "ours")
    newest.note(ObjectKind.INCIDENT, "inc2", None, 2.0, "ours")

    first, second = (newest.of(ObjectKind.INCIDENT, one) for one in ("inc1", "inc2"))

    assert first is not None
    assert first.raw == raw
    assert second is not None
    assert second.is_of("ours")
    assert not second.is_of("theirs")


@pytest.mark.parametrize("stream", [Incidents(), IncidentUpdates(Incidents())])
async def test_a_resync_keeps_what_another_page_does_not_know(
    stream: Incidents | IncidentUpdates,
) -> None:
    newest = Newest()
    newest.note(ObjectKind.INCIDENT, "inc1", None, 1.0, "other")
    updates = [{"id": "upd1", "incident_id": "inc1"}]
    incident = {"id": "inc1", "page_id": "page", "incident_updates": updates}
    batch = [incident] if isinstance(stream, Incidents) else updates_of([incident])

    async def batches() -> AsyncIterator[list[Raw]]:
        yield batch

    async def forget(kind: ObjectKind, ids: list[str]) -> None:
        raise AssertionError("nothing is gone")

    assert [one async for one in kept_newest(batches(), stream, newest, forget)] == [batch]


async def test_what_the_first_event_carried_along_does_not_cling_to_the_later_ones(
    stage: Stage, account: Account
) -> None:
    page = account.add_page()
    for caller in ("first", "second"):
        CALLER.set(caller)
        incident = account.add_incident(page)
        await stage.desk.note(Hint(page.raw["id"], Subject.INCIDENT, incident["id"]))

    assert stage.callers == [None, None]
    await stage.desk.close()
