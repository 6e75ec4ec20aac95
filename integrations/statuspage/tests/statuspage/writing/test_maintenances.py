"""A maintenance from its announcement to its end."""

from datetime import UTC, datetime, timedelta

import pytest

from statuspage import (
    Change,
    Incidents,
    Maintenances,
    NewIncident,
    NewMaintenance,
    StatuspageClient,
    UnusableArgument,
)
from tests.statuspage.writing.store import Store

NOON = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
DRAFT = NewMaintenance(
    name="Upgrade",
    scheduled_for=NOON,
    scheduled_until=NOON + timedelta(hours=2),
    components={"api": None, "shop": None},
)


async def test_until_it_begins_its_components_are_well(
    store: Store, page: StatuspageClient
) -> None:
    await Maintenances(page, "abc").schedule(DRAFT)

    assert set(store.statuses.values()) == {"operational"}


async def test_it_begins_with_its_components_and_ends_as_completed(
    store: Store, page: StatuspageClient
) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]

    begun = await maintenances.start(id_, Change(body="We begin."))
    assert begun["status"] == "in_progress"
    assert store.statuses == {
        "api": "under_maintenance",
        "shop": "under_maintenance",
        "search": "operational",
    }

    ended = await maintenances.complete(id_)
    assert ended["status"] == "completed"
    assert set(store.statuses.values()) == {"operational"}


async def test_a_maintenance_that_leaves_its_components_alone_begins_without_them(
    store: Store, page: StatuspageClient
) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]
    store.incidents[id_]["auto_transition_to_maintenance_state"] = False

    await maintenances.start(id_)

    assert set(store.statuses.values()) == {"operational"}


async def test_an_incident_that_is_resolved_meanwhile_leaves_what_is_under_maintenance(
    store: Store, page: StatuspageClient
) -> None:
    maintenances, incidents = Maintenances(page, "abc"), Incidents(page, "abc")
    outage = await incidents.create(NewIncident(name="Outage", components={"api": "major_outage"}))
    id_ = (await maintenances.schedule(DRAFT))["id"]
    await maintenances.start(id_)

    await incidents.resolve(outage["id"])

    assert store.statuses["api"] == "under_maintenance"


async def test_resolving_a_maintenance_completes_it(store: Store, page: StatuspageClient) -> None:
    id_ = (await Maintenances(page, "abc").schedule(DRAFT))["id"]

    assert (await Incidents(page, "abc").resolve(id_))["status"] == "completed"
    assert (await Maintenances(page, "abc").completion(id_)).status == "completed"


async def test_it_takes_as_long_as_before_when_only_its_beginning_is_moved(
    store: Store, page: StatuspageClient
) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]

    await maintenances.reschedule(id_, Change(scheduled_for=NOON + timedelta(days=1)))

    assert store.sent["incident"] == {
        "scheduled_for": "2026-09-16T12:00:00Z",
        "scheduled_until": "2026-09-16T14:00:00Z",
        "deliver_notifications": False,
    }


async def test_its_end_is_moved_alone(store: Store, page: StatuspageClient) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]

    await maintenances.reschedule(id_, Change(scheduled_until=NOON + timedelta(hours=4)))

    assert store.asked == ["POST /incidents", f"PATCH /incidents/{id_}"]
    assert "scheduled_for" not in store.sent["incident"]


@pytest.mark.parametrize(
    ("change", "stored"),
    [
        (Change(body="Later"), "2026-09-15T12:00:00Z"),
        (Change(scheduled_for=NOON), None),
    ],
)
async def test_without_a_time_it_cannot_be_moved(
    store: Store, page: StatuspageClient, change: Change, stored: str | None
) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]
    store.incidents[id_]["scheduled_until"] = stored

    with pytest.raises(UnusableArgument, match="is missing"):
        await maintenances.reschedule(id_, change)


async def test_one_that_has_not_begun_can_be_cancelled(
    store: Store, page: StatuspageClient
) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]

    await maintenances.cancel(id_)

    assert store.incidents == {}


async def test_one_that_runs_is_not_deleted(store: Store, page: StatuspageClient) -> None:
    maintenances = Maintenances(page, "abc")
    id_ = (await maintenances.schedule(DRAFT))["id"]
    await maintenances.start(id_)

    with pytest.raises(UnusableArgument, match="maintenance is in_progress"):
        await maintenances.cancel(id_)

    assert id_ in store.incidents
    assert await maintenances.find("no key") is None
