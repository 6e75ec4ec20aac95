"""One incident for a key, whatever happens to requests and answers."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage import (
    Change,
    Collection,
    Incidents,
    Maintenances,
    NewIncident,
    NewMaintenance,
    Refused,
    RequestError,
    StatuspageClient,
    UnusableArgument,
)
from statuspage.writing.marks import marked
from tests.fake_statuspage import client_of
from tests.statuspage.writing.store import Store, Trouble
from tests.virtual_time import run

DRAFT = NewIncident(name="Outage", components={"api": "major_outage"})
NOON = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
MAINTENANCE = NewMaintenance(
    name="Upgrade", scheduled_for=NOON, scheduled_until=NOON + timedelta(hours=1)
)

FEW = settings(max_examples=40)
TROUBLES = st.lists(st.sampled_from(Trouble), max_size=8)


def incidents_of(store: Store) -> Incidents:
    return Incidents(client_of(store), "abc")


@given(TROUBLES)
@FEW
def test_answers_lost_at_any_point_leave_one_incident(troubles: list[Trouble]) -> None:
    store = Store("api")
    store.troubles = deque(troubles)

    created = run(incidents_of(store).create_once(DRAFT, "run-1"))

    assert list(store.incidents) == [created.incident["id"]]


@given(TROUBLES)
@FEW
def test_answers_lost_at_any_point_leave_one_maintenance(troubles: list[Trouble]) -> None:
    store = Store()
    store.troubles = deque(troubles)

    run(Maintenances(client_of(store), "abc").schedule_once(MAINTENANCE, "run-1"))

    assert len(store.incidents) == 1


@given(st.lists(st.sampled_from(Trouble), min_size=1, max_size=30), st.integers(1, 3))
@FEW
def test_processes_that_fail_and_are_started_again_leave_one_incident(
    troubles: list[Trouble], patience: int
) -> None:
    store = Store("api")
    store.troubles = deque(troubles)
    finished = False

    while not finished:
        try:
            run(_impatient(store, patience).create_once(DRAFT, "run-1"))
            finished = True
        except RequestError:
            assert len(store.incidents) <= 1

    assert len(store.incidents) == 1


def _impatient(store: Store, attempts: int) -> Incidents:
    client = client_of(store)
    return Incidents(client.impatient if attempts == 1 else client, "abc")


@given(TROUBLES)
@FEW
def test_a_text_is_added_once(troubles: list[Trouble]) -> None:
    store = Store("api")
    incidents = incidents_of(store)
    id_ = run(incidents.create(DRAFT))["id"]
    store.troubles = deque(troubles)

    run(incidents_of(store).update(id_, Change(body="We found it.", status="identified")))

    bodies = [update["body"] for update in store.incidents[id_]["incident_updates"]]
    assert bodies == ["We found it.", ""]


@given(TROUBLES)
@FEW
def test_an_incident_is_resolved_once(troubles: list[Trouble]) -> None:
    store = Store("api")
    id_ = run(incidents_of(store).create(DRAFT))["id"]
    store.troubles = deque(troubles)

    run(incidents_of(store).resolve(id_, Change(body="Over.")))
    run(incidents_of(store).resolve(id_, Change(body="Over.")))

    bodies = [update["body"] for update in store.incidents[id_]["incident_updates"]]
    assert bodies == ["Over.", ""]
    assert store.statuses == {"api": "operational"}


@given(TROUBLES)
@FEW
def test_an_incident_is_deleted_although_the_answer_is_lost(troubles: list[Trouble]) -> None:
    store = Store("api")
    id_ = run(incidents_of(store).create(DRAFT))["id"]
    store.troubles = deque(troubles)

    run(incidents_of(store).delete(id_))

    assert store.incidents == {}


async def test_a_key_costs_one_request_more(store: Store, page: StatuspageClient) -> None:
    incidents = Incidents(page, "abc")

    await incidents.create_once(DRAFT, "run-1")
    assert store.asked == ["GET /incidents/unresolved", "POST /incidents"]

    await incidents.create_once(DRAFT, "run-1")
    assert store.asked[2:] == ["GET /incidents/unresolved"]


async def test_without_a_key_there_is_one_request(store: Store, page: StatuspageClient) -> None:
    await Incidents(page, "abc").create(DRAFT)

    assert store.asked == ["POST /incidents"]


@pytest.mark.parametrize("trouble", [Trouble.ANSWER_LOST, Trouble.FAILED_BEFORE])
async def test_without_a_key_nothing_is_repeated_that_may_have_had_an_effect(
    store: Store, page: StatuspageClient, trouble: Trouble
) -> None:
    store.troubles.append(trouble)

    with pytest.raises(RequestError):
        await Incidents(page, "abc").create(DRAFT)

    assert store.asked == ["POST /incidents"]


async def test_whether_it_was_there_is_told(store: Store, page: StatuspageClient) -> None:
    incidents = Incidents(page, "abc")

    first = await incidents.create_once(DRAFT, "run-1")
    second = await incidents.create_once(DRAFT, "run-1")

    assert (first.was_there, second.was_there) == (False, True)
    assert first.incident["id"] == second.incident["id"]


async def test_an_incident_that_is_over_does_not_stand_in_the_way_of_the_next(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    first = (await incidents.create_once(DRAFT, "component api")).incident
    await incidents.resolve(first["id"])

    second = (await incidents.create_once(DRAFT, "component api")).incident

    assert second["id"] != first["id"]
    found = await incidents.find("component api")
    assert found is not None
    assert found["id"] == second["id"]


async def test_a_key_that_is_given_once_counts_although_its_incident_is_over(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    first = (await incidents.create_once(DRAFT, "run-1", forever=True)).incident
    await incidents.resolve(first["id"])

    second = (await incidents.create_once(DRAFT, "run-1", forever=True)).incident

    assert second["id"] == first["id"]


async def test_an_incident_that_begins_resolved_is_found_among_all(
    store: Store, page: StatuspageClient
) -> None:
    store.troubles.extend([Trouble.NONE, Trouble.ANSWER_LOST])

    await Incidents(page, "abc").create_once(NewIncident(name="Blip", status="resolved"), "run-1")

    assert len(store.incidents) == 1


async def test_another_key_opens_another_incident(store: Store, page: StatuspageClient) -> None:
    await Incidents(page, "abc").create_once(DRAFT, "run-1")
    await Incidents(page, "abc").create_once(DRAFT, "run-2")

    assert len(store.incidents) == 2


async def test_the_key_stands_beside_what_others_have_in_the_metadata(
    store: Store, page: StatuspageClient
) -> None:
    draft = NewIncident(name="Outage", metadata={"port": {"runId": "r_1"}})

    created = (await Incidents(page, "abc").create_once(draft, "run-1")).incident

    assert created["metadata"] == {
        "port": {"runId": "r_1"},
        "statuspage_client": {"key": "run-1"},
    }


@pytest.mark.parametrize(
    "metadata", [None, [], "text", {"statuspage_client": None}, {"statuspage_client": {"key": 1}}]
)
async def test_metadata_of_any_shape_is_no_key(
    store: Store, page: StatuspageClient, metadata: Any
) -> None:
    created = await Incidents(page, "abc").create(DRAFT)
    store.incidents[created["id"]]["metadata"] = metadata

    assert await Incidents(page, "abc").find("run-1") is None


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
async def test_a_key_that_cannot_work_is_refused_before_anything_is_sent(
    store: Store, page: StatuspageClient, key: str
) -> None:
    with pytest.raises(UnusableArgument, match="key"):
        await Incidents(page, "abc").create_once(DRAFT, key)

    assert store.requests == []


class Overtaken(Store):
    """Another process creates an incident between our look and our request, so many times."""

    def __init__(self, rivals: int) -> None:
        super().__init__("api")
        self.rivals = rivals

    def carry_out(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and self.rivals:
            self.rivals -= 1
            super().carry_out(request)
        return super().carry_out(request)


async def test_of_two_processes_that_create_at_once_the_younger_gives_way() -> None:
    store = Overtaken(1)

    created = await incidents_of(store).create_once(DRAFT, "run-1", contested=True)

    assert list(store.incidents) == [created.incident["id"]] == ["incident1"]


async def test_two_that_were_created_at_once_are_one_after_the_next_call() -> None:
    store = Overtaken(1)
    await incidents_of(store).create_once(DRAFT, "run-1")
    assert len(store.incidents) == 2

    await incidents_of(store).create_once(DRAFT, "run-1")

    assert list(store.incidents) == ["incident1"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-03-29T01:30:00-06:00", "2026-03-29T07:29:00Z"),
        ("2026-03-29T01:30:00Z", None),
        (None, "odd"),
    ],
)
async def test_the_oldest_is_known_whatever_the_times_look_like(
    store: Store, page: StatuspageClient, first: str | None, second: str | None
) -> None:
    draft = marked(DRAFT, "run-1")
    for at in (first, second):
        created = await Incidents(page, "abc").create(draft)
        store.incidents[created["id"]]["created_at"] = at
        store.incidents[created["id"]]["incident_updates"] = None

    kept = await Incidents(page, "abc").settle("run-1")

    assert kept is not None
    assert list(store.incidents) == [kept["id"]]
    assert kept["id"] == ("incident3" if second == "2026-03-29T07:29:00Z" else "incident1")


async def test_a_twin_to_which_somebody_has_added_something_stays(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = Overtaken(1)
    created = await incidents_of(store).create_once(DRAFT, "run-1")
    await incidents_of(store).update(created.incident["id"], Change(body="We look into it."))

    await incidents_of(store).create_once(DRAFT, "run-1")

    assert len(store.incidents) == 2
    assert "have one key" in caplog.text


@given(st.permutations(range(6)))
@settings(max_examples=10)
def test_many_at_once_agree_on_one(order: Sequence[int]) -> None:
    store = Store("api")

    async def all_at_once() -> list[str]:
        async def one(delay: int) -> str:
            await asyncio.sleep(delay / 10)
            creation = await incidents_of(store).create_once(DRAFT, "run-1", contested=True)
            return str(creation.incident["id"])

        return await asyncio.gather(*(one(delay) for delay in order))

    ids = run(all_at_once())

    assert set(ids) == set(store.incidents)
    assert len(store.incidents) == 1


class Late(Store):
    """The first creation is carried out long after its answer was given up."""

    def carry_out(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and not self.late:
            self.late.append(request)
            raise httpx.ReadTimeout("slow")
        if request.method == "POST" and len(self.late) == 1:
            self.late.append(request)
            super().carry_out(self.late[0])
        return super().carry_out(request)


async def test_a_request_that_is_carried_out_after_our_second_leaves_one_incident() -> None:
    store = Late("api")

    await incidents_of(store).create_once(DRAFT, "run-1")

    assert len(store.incidents) == 1


async def test_what_is_refused_is_not_tried_again() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json=[])
        return httpx.Response(422, json={"error": ["Name can't be blank"]})

    client = client_of(refuse)

    with pytest.raises(Refused, match="can't be blank"):
        await Incidents(client, "abc").create_once(DRAFT, "run-1")

    assert client.requests_sent == 2


async def test_the_answer_that_never_came_is_the_error_where_nothing_helped(
    store: Store, page: StatuspageClient
) -> None:
    store.troubles.extend([Trouble.NONE, Trouble.REQUEST_LOST])

    with pytest.raises(RequestError, match="POST /v1/pages/abc/incidents"):
        await Incidents(page.impatient, "abc").create_once(DRAFT, "run-1")

    assert store.asked == [
        "GET /incidents/unresolved",
        "POST /incidents",
        "GET /incidents/unresolved",
    ]


async def test_a_maintenance_that_has_begun_has_its_key_still(
    store: Store, page: StatuspageClient
) -> None:
    maintenances = Maintenances(page, "abc")
    planned = (await maintenances.schedule_once(MAINTENANCE, "run-1")).incident
    await maintenances.start(planned["id"])

    again = await maintenances.schedule_once(MAINTENANCE, "run-1")

    assert again.was_there
    assert len([one async for one in page.incidents("abc", Collection.INCIDENTS)]) == 1
