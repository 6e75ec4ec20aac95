"""How an incident or maintenance ends on a page."""

import pytest

from statuspage import Change, Incidents, NewIncident, NotFound, StatuspageClient
from tests.statuspage.writing.store import Store

OUTAGE = NewIncident(name="Outage", components={"api": "major_outage", "shop": "partial_outage"})
SLOW = NewIncident(name="Slow", components={"shop": "partial_outage", "search": None})


async def test_resolving_sets_back_what_the_incident_had_changed(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    id_ = (await incidents.create(OUTAGE))["id"]

    resolved = await incidents.resolve(id_, Change(body="All is well again."))

    assert resolved["status"] == "resolved"
    assert set(store.statuses.values()) == {"operational"}
    assert store.sent == {
        "incident": {
            "status": "resolved",
            "body": "All is well again.",
            "components": {"api": "operational", "shop": "operational"},
            "deliver_notifications": False,
        }
    }


async def test_what_another_open_incident_needs_stays_until_that_is_over(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    first, second = [(await incidents.create(draft))["id"] for draft in (OUTAGE, SLOW)]

    await incidents.resolve(first)
    assert store.statuses["shop"] == "partial_outage"
    assert store.statuses["api"] == "operational"

    await incidents.resolve(second)
    assert store.statuses["shop"] == "operational"


async def test_components_stay_as_they_are_where_that_is_asked(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    id_ = (await incidents.create(OUTAGE))["id"]

    await incidents.resolve(id_, restore=False)

    assert store.statuses["api"] == "major_outage"
    assert "components" not in store.sent["incident"]


async def test_a_status_that_is_given_wins(store: Store, page: StatuspageClient) -> None:
    incidents = Incidents(page, "abc")
    id_ = (await incidents.create(OUTAGE))["id"]

    await incidents.resolve(id_, Change(components={"api": "degraded_performance"}))

    assert store.statuses["api"] == "degraded_performance"
    assert store.statuses["shop"] == "operational"


async def test_nothing_more_is_read_where_nothing_is_to_be_set_back(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    id_ = (await incidents.create(NewIncident(name="Outage")))["id"]
    store.requests.clear()

    await incidents.resolve(id_)

    assert store.asked == ["GET /incidents/unresolved", f"PATCH /incidents/{id_}"]


async def test_what_is_resolved_already_is_not_written_to(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    id_ = (await incidents.create(OUTAGE))["id"]
    await incidents.resolve(id_)
    store.requests.clear()

    assert (await incidents.resolve(id_))["id"] == id_
    assert {request.method for request in store.requests} == {"GET"}


async def test_what_resolving_would_do_can_be_seen_before(
    store: Store, page: StatuspageClient
) -> None:
    incidents = Incidents(page, "abc")
    id_ = (await incidents.create(OUTAGE))["id"]

    change = await incidents.resolution(id_, Change(body="Over."))

    assert change == Change(
        status="resolved",
        body="Over.",
        components={"api": "operational", "shop": "operational"},
    )
    assert store.incidents[id_]["status"] == "investigating"


async def test_an_incident_that_is_gone_is_an_error(page: StatuspageClient) -> None:
    with pytest.raises(NotFound):
        await Incidents(page, "abc").resolve("gone")
