"""What each action does on the page, and what it tells of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from port_ocean.core.models import IntegrationRun

from kinds import ObjectKind
from tests.statuspage.writing.store import Store

from .desk import Desk

# So many runs at once, in its default.
OCEANS_WORKERS = 3

type Open = Callable[..., Awaitable[str]]


@pytest.fixture
def opened(desk: Desk, store: Store) -> Open:
    """Open an incident by an action; return its id."""

    async def open_one(action: str = "create_incident", **inputs: Any) -> str:
        before = set(store.incidents)
        await desk.do(action, **({"name": "Labels do not print"} | inputs))
        [made] = set(store.incidents) - before
        return made

    return open_one


async def test_an_incident_has_all_that_was_typed_in_and_tells_nobody(
    desk: Desk, store: Store, opened: Open
) -> None:
    made = await opened(
        status="identified",
        body="We look into it.",
        impact="major",
        components={"API": "major_outage", "SHOP": "partial_outage"},
        metadata={"team": {"name": "A"}, "port": {"action": "x"}},
    )

    incident = store.incidents[made]
    assert (incident["name"], incident["status"]) == ("Labels do not print", "identified")
    assert incident["impact_override"] == "major"
    assert incident["deliver_notifications"] is False
    assert incident["incident_updates"][0]["body"] == "We look into it."
    assert store.statuses == {
        "api": "major_outage",
        "shop": "partial_outage",
        "search": "operational",
    }
    assert incident["metadata"]["team"] == {"name": "A"}
    assert incident["metadata"]["port"] == {"action": "x", "runId": "run1"}


async def test_an_incident_tells_subscribers_when_somebody_asks_for_it(
    store: Store, opened: Open
) -> None:
    made = await opened(deliverNotifications="true")

    assert store.incidents[made]["deliver_notifications"] is True


async def test_components_as_a_list_have_one_status_or_are_only_named(
    store: Store, opened: Open
) -> None:
    made = await opened(components=["API"], componentStatus="degraded_performance")
    other = await opened(components=["search"])

    assert store.statuses["api"] == "degraded_performance"
    assert store.incidents[made]["attached"] == ["api"]
    assert store.incidents[other]["attached"] == ["search"]
    assert store.statuses["search"] == "operational"


async def test_an_update_adds_what_is_said_and_leaves_the_rest(
    desk: Desk, store: Store, opened: Open
) -> None:
    made = await opened(components={"API": "major_outage"})

    node = desk.run(
        "update_incident",
        {
            "incidentId": made,
            "status": "monitoring",
            "body": "Better.",
            "components": {"API": "partial_outage"},
        },
        node=True,
    )
    told = await desk.execute(node)

    incident = store.incidents[made]
    assert (incident["name"], incident["status"]) == ("Labels do not print", "monitoring")
    assert incident["incident_updates"][0]["body"] == "Better."
    assert store.statuses["api"] == "partial_outage"
    assert told["output"]["updateId"] == incident["incident_updates"][0]["id"]


async def test_components_of_a_change_need_a_status(desk: Desk, opened: Open) -> None:
    made = await opened()

    told = await desk.do("update_incident", incidentId=made, components=["API"])

    assert told["statusLabel"] == "Wrong input"
    assert "components have no status" in desk.said()


@pytest.mark.parametrize(
    ("restore", "api"), [({}, "operational"), ({"restoreComponents": "false"}, "major_outage")]
)
async def test_resolving_sets_the_components_back_unless_told_not_to(
    desk: Desk, store: Store, opened: Open, restore: dict[str, Any], api: str
) -> None:
    made = await opened(components={"API": "major_outage"})

    await desk.do("resolve_incident", incidentId=made, **restore)

    assert store.incidents[made]["status"] == "resolved"
    assert store.statuses["api"] == api


async def test_a_maintenance_is_announced_begun_and_ended(
    desk: Desk, store: Store, opened: Open
) -> None:
    made = await opened(
        "schedule_maintenance",
        scheduledFor="2027-05-01T22:00:00+02:00",
        durationMinutes=90,
        components=["API"],
    )

    maintenance = store.incidents[made]
    assert maintenance["scheduled_for"] == "2027-05-01T20:00:00Z"
    assert maintenance["scheduled_until"] == "2027-05-01T21:30:00Z"
    assert maintenance["scheduled_auto_in_progress"] is True
    assert maintenance["scheduled_auto_completed"] is False
    assert maintenance["scheduled_remind_prior"] is False
    await desk.do("start_maintenance", incidentId=made)
    assert maintenance["status"] == "in_progress"
    assert store.statuses["api"] == "under_maintenance"
    await desk.do("complete_maintenance", incidentId=made)
    assert maintenance["status"] == "completed"
    assert store.statuses["api"] == "operational"


async def test_a_maintenance_needs_an_end_or_a_length(desk: Desk) -> None:
    await desk.do("schedule_maintenance", name="x", scheduledFor="2027-05-01T22:00:00Z")

    assert "scheduledUntil is missing: give it, or durationMinutes." in desk.said()


async def test_a_maintenance_that_is_cancelled_leaves_the_page_and_the_catalog(
    desk: Desk, store: Store, opened: Open
) -> None:
    made = await opened(
        "schedule_maintenance", scheduledFor="2027-05-01T22:00:00Z", durationMinutes="60"
    )
    desk.published.clear()

    told = await desk.do("cancel_maintenance", incidentId=made)

    assert told["status"] == "SUCCESS"
    assert store.incidents == {}
    assert [(one.kind, one.id) for one in desk.published] == [(ObjectKind.INCIDENT, made)]


async def test_components_get_a_status_without_an_incident(desk: Desk, store: Store) -> None:
    await desk.do("set_component_status", components=["API", "shop"], status="partial_outage")

    assert store.statuses == {
        "api": "partial_outage",
        "shop": "partial_outage",
        "search": "operational",
    }
    assert {(one.kind, one.id) for one in desk.published} == {
        (ObjectKind.COMPONENT, "api"),
        (ObjectKind.COMPONENT, "shop"),
    }
    assert desk.said() == "INFO API is partial_outage, SHOP is partial_outage."


async def test_a_postmortem_is_written_and_published(
    desk: Desk, store: Store, opened: Open
) -> None:
    made = await opened(status="resolved")

    await desk.do("write_postmortem", incidentId=made, body="It was the printer.")
    assert store.postmortems[made]["published_at"] is None
    await desk.do("publish_postmortem", incidentId=made)

    assert store.postmortems[made]["body"] == "It was the printer."
    assert store.postmortems[made]["published_at"] is not None
    assert store.sent == {"postmortem": {"notify_subscribers": False, "notify_twitter": False}}


async def test_a_postmortem_may_be_written_where_it_is_published(
    desk: Desk, store: Store, opened: Open
) -> None:
    made = await opened(status="resolved")

    await desk.do(
        "publish_postmortem", incidentId=made, body="The printer.", notifySubscribers=True
    )

    assert store.postmortems[made]["body"] == "The printer."
    assert store.sent["postmortem"]["notify_subscribers"] is True


async def test_an_update_is_corrected(desk: Desk, store: Store, opened: Open) -> None:
    made = await opened(body="Lables do not print.")
    [update] = store.incidents[made]["incident_updates"]

    await desk.do("edit_update", incidentId=made, updateId=update["id"], body="Labels do not.")

    assert store.incidents[made]["incident_updates"][0]["body"] == "Labels do not."


@pytest.mark.parametrize("wrong", ["../../etc", "a b", ["x"]])
async def test_what_can_be_no_id_is_told(desk: Desk, wrong: object) -> None:
    told = await desk.do("resolve_incident", incidentId=wrong)

    assert told["statusLabel"] == "Wrong input"


async def test_what_is_not_there_is_told(desk: Desk) -> None:
    told = await desk.do("update_incident", incidentId="nowhere00000", body="x")

    assert told["statusLabel"] == "Not found"
    assert "it is gone, or the API key does not see it" in desk.said()


async def test_a_hundred_runs_at_once_open_a_hundred_incidents(desk: Desk, store: Store) -> None:
    runs = [desk.run("create_incident", {"name": f"Number {number}"}) for number in range(100)]
    workers = asyncio.Semaphore(OCEANS_WORKERS)

    async def execute(run: IntegrationRun) -> None:
        async with workers:
            await desk.actions[run.action_type].execute(run)

    await asyncio.gather(*map(execute, runs))
    await asyncio.sleep(60)

    names = [incident["name"] for incident in store.incidents.values()]
    assert sorted(names) == sorted(run.execution_properties["name"] for run in runs)
    assert {fields["status"] for fields in desk.port.fields.values()} == {"SUCCESS"}
    # The pages once; for each run what is there already, and the incident.
    assert len(store.requests) == 1 + 2 * len(runs)
