"""Maintenances that begin, end and remind on their own."""

from typing import Any

from tests.manage import Manage
from tests.outbox.test_webhooks import deliver, subscribe
from tests.running import HOUR

AUTOMATIC = {
    "scheduled_for": "2026-03-04T08:06:07Z",
    "scheduled_until": "2026-03-04T09:06:07Z",
    "scheduled_auto_in_progress": True,
    "scheduled_auto_completed": True,
    "auto_transition_to_maintenance_state": True,
    "auto_transition_to_operational_state": True,
}


async def planned(manage: Manage, **fields: Any) -> tuple[str, str]:
    one = await manage.component("One")
    made = await manage.incident("Upgrade", component_ids=[one], **{**AUTOMATIC, **fields})
    assert (made["status"], made["impact"]) == ("scheduled", "maintenance")
    return one, f"incidents/{made['id']}"


async def test_it_begins_and_ends_by_itself(manage: Manage) -> None:
    one, path = await planned(manage)
    await manage.server.pass_time(3 * HOUR, step=HOUR)
    running = await manage.get(path)
    assert running["status"] == "in_progress"
    assert await manage.status_of(one) == "under_maintenance"
    await manage.server.pass_time(HOUR, step=HOUR)
    done = await manage.get(path)
    assert (done["status"], done["resolved_at"]) == ("completed", "2026-03-04T09:06:07Z")
    assert await manage.status_of(one) == "operational"
    assert [update["status"] for update in done["incident_updates"]] == [
        "completed",
        "in_progress",
        "scheduled",
    ]


async def test_only_when_asked_to(manage: Manage) -> None:
    flags = dict.fromkeys(key for key in AUTOMATIC if not key.startswith("scheduled_"))
    one, path = await planned(manage, scheduled_auto_completed=False, **flags)
    await manage.server.pass_time(5 * HOUR, step=HOUR)
    assert (await manage.get(path))["status"] == "in_progress"
    assert await manage.status_of(one) == "operational"


async def test_one_that_passed_while_the_server_was_down(manage: Manage) -> None:
    _, path = await planned(manage)
    await manage.server.restart(after=12 * HOUR)
    found = await manage.get(path)
    assert found["status"] == "completed"
    assert len(found["incident_updates"]) == 3


async def test_a_reminder_an_hour_before(manage: Manage) -> None:
    _, path = await planned(manage, scheduled_remind_prior=True)
    await subscribe(manage)
    await manage.server.pass_time(2 * HOUR - 1, step=2 * HOUR - 1)
    assert await deliver(manage) == []
    await manage.server.pass_time(2)
    (payload,) = await deliver(manage)
    assert payload["incident"]["scheduled_reminded_at"] == "2026-03-04T07:06:07.089Z"
    assert (await manage.get(path))["scheduled_reminded_at"] == "2026-03-04T07:06:07Z"
    await manage.server.pass_time(2)
    assert await deliver(manage) == []


async def test_quiet_transitions(manage: Manage) -> None:
    one, _ = await planned(
        manage,
        auto_transition_deliver_notifications_at_start=False,
        auto_transition_to_maintenance_state=False,
        auto_transition_to_operational_state=False,
    )
    await subscribe(manage)
    await manage.server.pass_time(3 * HOUR, step=HOUR)
    assert await deliver(manage) == []
    await manage.server.pass_time(HOUR, step=HOUR)
    (payload,) = await deliver(manage)
    assert payload["incident"]["status"] == "completed"
    assert one
