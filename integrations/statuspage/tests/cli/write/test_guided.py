"""What is asked on a terminal, and before subscribers are told."""

import pytest

from tests.cli.calling import Caller
from tests.statuspage.writing.store import Store

from .shop import API, PAGE, SEARCH


@pytest.fixture
def terminal(cli: Caller) -> Caller:
    cli.terminal = True
    return cli


def test_everything_that_is_missing_is_asked_for(terminal: Caller, store: Store) -> None:
    store.components[SEARCH]["status"] = "degraded_performance"
    answers = "Orders fail\nWe look.\n1-2\n5\ny\n"

    ended = terminal("incident", "create", "-p", PAGE, input=answers)

    assert ended.exit_code == 0
    assert "2  Shop / Search (degraded_performance)" in ended.stderr
    assert "API: operational -> major_outage" in ended.stderr
    assert store.sent["incident"] == {
        "name": "Orders fail",
        "body": "We look.",
        "components": {API: "major_outage", SEARCH: "major_outage"},
        "component_ids": [API, SEARCH],
        "deliver_notifications": False,
    }


def test_nothing_is_written_until_somebody_agrees(terminal: Caller, store: Store) -> None:
    ended = terminal("incident", "create", "-p", PAGE, input="Orders fail\n\n\nn\n")

    assert ended.exit_code == 1
    assert "Nothing was done." in ended.stderr
    assert store.incidents == {}


@pytest.mark.parametrize(("answer", "written"), [("y", 1), ("n", 0)])
def test_how_many_subscribers_are_reached_is_told_before(
    terminal: Caller, store: Store, answer: str, written: int
) -> None:
    ended = terminal(
        "incident", "create", "-p", PAGE, "-t", "Orders fail", "--notify", input=answer
    )

    assert "This notifies 4 subscribers. Go on?" in ended.stderr
    assert len(store.incidents) == written


def test_who_agreed_before_is_not_asked(terminal: Caller, store: Store) -> None:
    ended = terminal("incident", "create", "-p", PAGE, "-t", "Orders fail", "--notify", "--yes")

    assert ended.exit_code == 0
    assert store.asked == ["POST /incidents"]
    assert store.sent["incident"]["deliver_notifications"] is True


def test_without_a_terminal_nobody_is_asked(cli: Caller, store: Store) -> None:
    ended = cli("incident", "create", "-p", PAGE, "-t", "Orders fail", "--notify")

    assert ended.exit_code == 0
    assert store.asked == ["POST /incidents"]


def test_a_maintenance_is_asked_for_in_the_same_way(terminal: Caller, store: Store) -> None:
    answers = "Upgrade\n2\ny\n"

    ended = terminal("maintenance", "schedule", "-p", PAGE, "--at", "+1h", input=answers)

    assert ended.exit_code == 0
    assert "2026-09-14 10:00 to 2026-09-14 18:00 UTC" in ended.stderr
    assert store.sent["incident"]["component_ids"] == [SEARCH]


def test_a_reminder_is_told_to_reach_subscribers_too(terminal: Caller, store: Store) -> None:
    ended = terminal(
        "maintenance", "schedule", "-p", PAGE, "-t", "Upgrade", "--remind", input="n\n"
    )

    assert "This notifies 4 subscribers" in ended.stderr
    assert store.incidents == {}


def test_a_page_without_components_has_none_to_choose(terminal: Caller, store: Store) -> None:
    store.components.clear()

    assert terminal("incident", "create", "-p", PAGE, input="Outage\n\ny\n").exit_code == 0
