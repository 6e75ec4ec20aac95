"""`statuspage maintenance ...`: C0.9, and its times as people write them."""

import json

import pytest

from tests.cli.calling import Caller
from tests.statuspage.writing.store import Store

from .shop import API, PAGE, SEARCH

SCHEDULE = ("maintenance", "schedule", "-p", PAGE, "-t", "Upgrade")


@pytest.fixture
def planned(cli: Caller, store: Store) -> str:
    """A maintenance of API, an hour from now and for two hours."""
    cli(*SCHEDULE, "--at", "+1h", "--for", "2h", "-c", API, "--key", "k")
    store.requests.clear()
    return "incident1"


def test_a_maintenance_is_announced_as_in_the_original_but_quietly(
    cli: Caller, store: Store
) -> None:
    """C0.9: in a minute, since the API refuses the same instant, and for eight hours."""
    ended = cli(*SCHEDULE, "-c", API)

    assert ended.stderr == "Scheduled maintenance:\n"
    assert store.asked == ["POST /incidents"]
    assert store.sent["incident"] == {
        "name": "Upgrade",
        "status": "scheduled",
        "scheduled_for": "2026-09-14T09:01:00Z",
        "scheduled_until": "2026-09-14T17:01:00Z",
        "components": {},
        "component_ids": [API],
        "scheduled_auto_in_progress": True,
        "scheduled_auto_completed": False,
        "auto_transition_to_maintenance_state": True,
        "auto_transition_to_operational_state": True,
        "deliver_notifications": False,
        "scheduled_remind_prior": False,
        "auto_transition_deliver_notifications_at_start": False,
        "auto_transition_deliver_notifications_at_end": False,
    }


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ("--no-auto-start", "scheduled_auto_in_progress", False),
        ("--auto-complete", "scheduled_auto_completed", True),
        ("--no-set-maintenance", "auto_transition_to_maintenance_state", False),
        ("--no-set-operational", "auto_transition_to_operational_state", False),
        ("--remind", "scheduled_remind_prior", True),
        ("--notify", "deliver_notifications", True),
        ("--notify-at-start", "auto_transition_deliver_notifications_at_start", True),
        ("--notify-at-end", "auto_transition_deliver_notifications_at_end", True),
    ],
)
def test_everything_that_happens_by_itself_can_be_changed(
    cli: Caller, store: Store, planned: str, option: str, field: str, value: object
) -> None:
    cli(*SCHEDULE, option)
    assert store.sent["incident"][field] is value

    cli("maintenance", "reschedule", planned, "-p", PAGE, "--until", "+9h", option)
    assert store.sent["incident"][field] is value


@pytest.mark.parametrize(
    ("times", "begin", "end"),
    [
        (("-s", "2026-12-20T10:00:00Z"), "2026-12-20T10:00:00Z", "2026-12-20T18:00:00Z"),
        (("-s", "2026-12-20T10:00:00.000Z"), "2026-12-20T10:00:00Z", "2026-12-20T18:00:00Z"),
        (("--at", "2026-12-20T10:00+02:00"), "2026-12-20T08:00:00Z", "2026-12-20T16:00:00Z"),
        (
            ("--at", "tomorrow 22:00", "--for", "90m"),
            "2026-09-15T22:00:00Z",
            "2026-09-15T23:30:00Z",
        ),
        (("--at", "+2h", "--until", "+3h"), "2026-09-14T11:00:00Z", "2026-09-14T12:00:00Z"),
        (("--at", "now", "--for", "1h"), "2026-09-14T09:01:00Z", "2026-09-14T10:01:00Z"),
    ],
)
def test_times_are_written_as_people_write_them(
    cli: Caller, store: Store, times: tuple[str, ...], begin: str, end: str
) -> None:
    """W0.d"""
    cli(*SCHEDULE, *times)

    assert store.sent["incident"]["scheduled_for"] == begin
    assert store.sent["incident"]["scheduled_until"] == end


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*SCHEDULE, "--until", "+3h", "--for", "1h"), "not both"),
        ((*SCHEDULE, "--at", "+3h", "--until", "+1h"), "not after the beginning"),
        (("maintenance", "schedule", "-p", PAGE), "--title"),
        (("maintenance", "reschedule", "incident1", "-p", PAGE), "--at"),
        (("maintenance", "reschedule", "incident1", "-p", PAGE, "--for", "1h"), "needs --at"),
        (("maintenance", "cancel", "incident1", "-p", PAGE), "--yes"),
    ],
)
def test_wrong_use_makes_no_request(
    cli: Caller, store: Store, arguments: tuple[str, ...], said: str
) -> None:
    ended = cli(*arguments)

    assert ended.exit_code == 2
    assert said in ended.stderr
    assert store.requests == []


def test_it_begins_and_ends_with_its_components(cli: Caller, store: Store, planned: str) -> None:
    assert cli("maintenance", "start", planned, "-p", PAGE).stderr == "Maintenance begun:\n"
    assert store.statuses[API] == "under_maintenance"

    ended = cli("maintenance", "complete", "-p", PAGE, "--key", "k", "-m", "Done.", "--json")
    assert json.loads(ended.stdout)["status"] == "completed"
    assert store.statuses[API] == "operational"


def test_it_ends_without_its_components_where_that_is_asked(
    cli: Caller, store: Store, planned: str
) -> None:
    cli("maintenance", "start", planned, "-p", PAGE)
    cli("maintenance", "complete", planned, "-p", PAGE, "--keep-components")

    assert store.statuses[API] == "under_maintenance"


def test_it_is_moved_with_its_length(cli: Caller, store: Store, planned: str) -> None:
    cli("maintenance", "reschedule", planned, "-p", PAGE, "--at", "+5h", "-m", "Later.")

    assert store.sent["incident"] == {
        "body": "Later.",
        "scheduled_for": "2026-09-14T14:00:00Z",
        "scheduled_until": "2026-09-14T16:00:00Z",
        "deliver_notifications": False,
    }


@pytest.mark.parametrize(
    "arguments",
    [("start",), ("complete",), ("reschedule", "--at", "+5h")],
)
def test_a_dry_run_writes_nothing(
    cli: Caller, store: Store, planned: str, arguments: tuple[str, ...]
) -> None:
    ended = cli("maintenance", *arguments, "-p", PAGE, "--key", "k", "--dry-run")

    assert ended.exit_code == 0
    assert ended.stdout.startswith(f"PATCH /v1/pages/{PAGE}/incidents/{planned}\n")
    assert {request.method for request in store.requests} == {"GET"}
    assert cli(*SCHEDULE, "--dry-run").stdout.startswith("POST ")
    assert len(store.incidents) == 1


def test_it_is_cancelled_before_it_has_begun(cli: Caller, store: Store, planned: str) -> None:
    assert cli("maintenance", "cancel", "-p", PAGE, "--key", "k", "--yes").exit_code == 0
    assert store.incidents == {}


def test_it_is_not_cancelled_when_it_has_begun(cli: Caller, store: Store, planned: str) -> None:
    cli("maintenance", "start", planned, "-p", PAGE)

    ended = cli("maintenance", "cancel", planned, "-p", PAGE, "--yes")

    assert ended.exit_code == 2
    assert "only one that has not begun can be cancelled" in ended.stderr


def test_a_key_plans_it_once(cli: Caller, store: Store, planned: str) -> None:
    ended = cli(*SCHEDULE, "--key", "k")

    assert "already" in ended.stderr
    assert len(store.incidents) == 1


def test_a_template_gives_what_was_not_given(cli: Caller, store: Store) -> None:
    store.templates = [
        {"id": "t1", "name": "Up", "title": "Upgrade", "components": [{"id": SEARCH}]}
    ]

    cli("maintenance", "schedule", "-p", PAGE, "--template", "up")

    assert store.sent["incident"]["name"] == "Upgrade"
    assert store.sent["incident"]["component_ids"] == [SEARCH]
