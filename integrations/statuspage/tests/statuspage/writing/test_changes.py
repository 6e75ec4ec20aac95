"""Changes of incidents, updates, components and postmortems, as they go out."""

import json
from collections import deque
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage import (
    Change,
    GroupHasNoStatus,
    Incidents,
    NewIncident,
    NotFound,
    Postmortem,
    Postmortems,
    Publication,
    StatuspageClient,
    UnusableAnswer,
    UnusableArgument,
    UpdateEdit,
    set_statuses,
)
from tests.fake_statuspage import client_of
from tests.statuspage.writing.store import Store, Trouble
from tests.virtual_time import run

TROUBLES = st.lists(st.sampled_from(Trouble), max_size=6)
FEW = settings(max_examples=30)
OUTAGE = NewIncident(name="Outage", metadata={"port": {"runId": "r_1"}})


async def test_only_what_was_given_is_sent(store: Store, page: StatuspageClient) -> None:
    """C0.7"""
    id_ = (await Incidents(page, "abc").create(OUTAGE))["id"]

    await Incidents(page, "abc").update(id_, Change(impact_override="minor"))

    assert store.asked[1:] == [f"PATCH /incidents/{id_}"]
    assert store.sent == {"incident": {"impact_override": "minor", "deliver_notifications": False}}


async def test_metadata_of_others_stays(store: Store, page: StatuspageClient) -> None:
    id_ = (await Incidents(page, "abc").create(OUTAGE))["id"]

    changed = await Incidents(page, "abc").update(id_, Change(metadata={"jira": {"id": "A-1"}}))

    assert changed["metadata"] == {"port": {"runId": "r_1"}, "jira": {"id": "A-1"}}


async def test_a_change_of_nothing_is_not_sent(store: Store, page: StatuspageClient) -> None:
    with pytest.raises(UnusableArgument, match="change is empty"):
        await Incidents(page, "abc").update("one", Change(deliver_notifications=True))

    assert store.requests == []


@given(TROUBLES)
@FEW
def test_any_change_is_made_although_answers_are_lost(troubles: list[Trouble]) -> None:
    store = Store("api")
    incidents = Incidents(client_of(store), "abc")
    id_ = run(incidents.create(OUTAGE))["id"]
    store.troubles = deque(troubles)
    change = Change(
        name="Bigger outage",
        components={"api": "major_outage"},
        scheduled_for=datetime(2026, 9, 15, 12, 0, tzinfo=UTC),
    )

    run(Incidents(client_of(store), "abc").update(id_, change))

    assert store.incidents[id_]["name"] == "Bigger outage"
    assert store.statuses == {"api": "major_outage"}


@given(TROUBLES)
@FEW
def test_an_update_is_corrected_although_answers_are_lost(troubles: list[Trouble]) -> None:
    store = Store()
    created = run(Incidents(client_of(store), "abc").create(OUTAGE))
    [update] = created["incident_updates"]
    store.troubles = deque(troubles)
    edit = UpdateEdit(body="Fixed", display_at=datetime(2026, 9, 14, 8, 0, tzinfo=UTC))

    answer = run(Incidents(client_of(store), "abc").edit_update(created["id"], update["id"], edit))

    [now] = store.incidents[created["id"]]["incident_updates"]
    assert (now["body"], now["display_at"]) == ("Fixed", "2026-09-14T08:00:00Z")
    assert answer["id"] == update["id"]


async def test_components_are_set_one_by_one(store: Store, page: StatuspageClient) -> None:
    rows = await set_statuses(page, "abc", {"api": "Major Outage", "shop": "partial_outage"})

    assert [row["status"] for row in rows] == ["major_outage", "partial_outage"]
    assert store.asked == ["PATCH /components/api", "PATCH /components/shop"]
    assert store.sent == {"component": {"status": "partial_outage"}}


@given(TROUBLES)
@FEW
def test_a_component_is_set_although_answers_are_lost(troubles: list[Trouble]) -> None:
    store = Store("api")
    store.troubles = deque(troubles)

    run(set_statuses(client_of(store), "abc", {"api": "major_outage"}))

    assert store.statuses == {"api": "major_outage"}


async def test_no_component_is_set_where_a_status_is_wrong(
    store: Store, page: StatuspageClient
) -> None:
    with pytest.raises(UnusableArgument, match="status is 'down'"):
        await set_statuses(page, "abc", {"api": "major_outage", "shop": "down"})

    assert store.requests == []


async def test_a_group_is_refused_in_a_sentence(store: Store, page: StatuspageClient) -> None:
    store.components["api"]["group"] = True

    with pytest.raises(GroupHasNoStatus, match="Component 'API' is a group"):
        await set_statuses(page, "abc", {"api": "major_outage"})
    with pytest.raises(NotFound):
        await set_statuses(page, "abc", {"gone": "major_outage"})


async def test_a_group_whose_status_is_not_taken_over_is_no_success() -> None:
    row = {"id": "api", "name": "Shop", "group": True, "status": "operational"}
    client = client_of(lambda request: httpx.Response(200, json=row))

    with pytest.raises(GroupHasNoStatus):
        await set_statuses(client, "abc", {"api": "major_outage"})


async def test_a_postmortem_is_written_published_and_taken_back(
    store: Store, page: StatuspageClient
) -> None:
    postmortems = Postmortems(page, "abc")
    id_ = (await Incidents(page, "abc").create(OUTAGE))["id"]
    assert await postmortems.read(id_) is None

    assert (await postmortems.write(id_, Postmortem("Why")))["published_at"] is None
    assert (await postmortems.publish(id_))["body"] == "Why"
    assert store.sent == {"postmortem": {"notify_subscribers": False, "notify_twitter": False}}
    assert (await postmortems.revert(id_))["body"] is None
    assert [line for line in store.asked if "PUT" in line] == [
        f"PUT /incidents/{id_}/postmortem{verb}" for verb in ("", "/publish", "/revert")
    ]


@given(TROUBLES)
@FEW
def test_a_postmortem_is_published_although_answers_are_lost(troubles: list[Trouble]) -> None:
    store = Store()
    id_ = run(Incidents(client_of(store), "abc").create(OUTAGE))["id"]
    store.troubles = deque(troubles)

    async def work() -> None:
        postmortems = Postmortems(client_of(store), "abc")
        await postmortems.write(id_, Postmortem("Why"))
        await postmortems.publish(id_, Publication(notify_subscribers=True))
        await postmortems.write(id_, Postmortem("Why, in detail"))
        await postmortems.publish(id_)

    run(work())

    published = [json.loads(r.content) for r in store.requests if r.url.path.endswith("publish")]
    assert store.postmortems[id_]["body"] == "Why, in detail"
    assert published[0]["postmortem"]["notify_subscribers"] is True


async def test_a_postmortem_that_is_no_object_is_an_error() -> None:
    client = client_of(lambda request: httpx.Response(200, json=[]))

    with pytest.raises(UnusableAnswer):
        await Postmortems(client, "abc").read("one")


async def test_an_incident_is_deleted(store: Store, page: StatuspageClient) -> None:
    id_ = (await Incidents(page, "abc").create(OUTAGE))["id"]

    await Incidents(page, "abc").delete(id_)

    assert store.incidents == {}
    with pytest.raises(NotFound):
        await Incidents(page, "abc").delete(id_)


@pytest.mark.parametrize(
    ("counts", "reached"), [({"email": 3, "sms": 2, "webhook": None}, 5), ({}, 0)]
)
async def test_how_many_subscribers_a_page_has_is_the_sum_of_all_kinds(
    counts: Any, reached: int
) -> None:
    client = client_of(lambda request: httpx.Response(200, json=counts))

    assert await client.subscriber_count("abc") == reached


async def test_a_count_of_subscribers_that_is_none_is_an_error() -> None:
    client = client_of(lambda request: httpx.Response(200, json=[]))

    with pytest.raises(UnusableAnswer):
        await client.subscriber_count("abc")
