"""What is decided, rule by rule."""

from dataclasses import replace

import pytest
from making import (
    API,
    CART,
    HUGOPS,
    LONG_AGO,
    NOW,
    OTHER,
    alert,
    decided,
    minutes,
    published,
    situation,
)

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.decision import Action
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.rules import Policy, Rules

HOLD = Rules(usual=Policy(opens_after=minutes(5), resolves_after=minutes(5)))


def test_c2_8_a_component_with_an_alert_and_no_incident_gets_one() -> None:
    decision = decided(alert())

    assert decision.action is Action.OPEN
    assert decision.status == "partial_outage"


def test_c2_8_an_incident_without_an_alert_is_resolved() -> None:
    assert decided(incidents=[published()]).action is Action.RESOLVE


def test_c2_8_several_components_have_incidents_at_once() -> None:
    decisions = plan(situation(alert(), alert(component=CART)))

    assert [(one.subject, one.action) for one in decisions] == [
        (API, Action.OPEN),
        (CART, Action.OPEN),
    ]


def test_the_worst_alert_decides() -> None:
    worse = alert(id="P2", account=OTHER, status="major_outage")

    assert decided(alert(), worse).status == "major_outage"


@pytest.mark.parametrize("told", ["degraded_performance", "major_outage"])
def test_a_status_is_raised_and_lowered_by_an_update(told: str) -> None:
    decision = decided(alert(), incidents=[published(components={API: told})])

    assert (decision.action, decision.status) == (Action.UPDATE, "partial_outage")


def test_an_incident_that_tells_what_the_alerts_say_is_left() -> None:
    assert decided(alert(), incidents=[published()]).action is Action.LEAVE


def test_w2_a_an_account_that_cannot_be_read_keeps_everything_open() -> None:
    decision = decided(incidents=[published()], unread=frozenset({OTHER}))

    assert decision.action is Action.LEAVE
    assert "pagerduty/other" in decision.reason


def test_nothing_gets_better_while_an_account_cannot_be_read() -> None:
    before = [published(components={API: "major_outage"}, impact="major")]

    assert decided(alert(), incidents=before, unread=frozenset({OTHER})).action is Action.LEAVE


def test_an_account_that_cannot_be_read_stops_no_opening() -> None:
    assert decided(alert(), unread=frozenset({OTHER})).action is Action.OPEN


def test_c2_3_what_nobody_acknowledged_opens_nothing() -> None:
    assert decided(alert(is_confirmed=False)).action is Action.LEAVE


def test_w2_h_what_is_no_longer_acknowledged_still_holds_its_incident_open() -> None:
    told = [published(components={API: "major_outage"}, impact="major")]

    assert decided(alert(is_confirmed=False), incidents=told).action is Action.LEAVE


def test_w2_h_an_alert_is_public_only_when_it_has_lasted() -> None:
    young = alert(since=NOW - minutes(4))

    assert decided(young, rules=HOLD).action is Action.LEAVE
    assert decided(alert(since=NOW - minutes(5)), rules=HOLD).action is Action.OPEN


def test_the_clock_of_a_source_may_be_ahead() -> None:
    assert decided(alert(since=NOW + minutes(1))).action is Action.OPEN


def test_w2_h_an_incident_is_resolved_only_when_its_alert_has_been_over_for_long() -> None:
    over = alert(is_open=False, since=NOW - minutes(4))
    long_over = replace(over, since=NOW - minutes(5))

    assert decided(over, rules=HOLD, incidents=[published()]).action is Action.LEAVE
    assert decided(long_over, rules=HOLD, incidents=[published()]).action is Action.RESOLVE


def test_what_is_over_opens_nothing() -> None:
    assert plan(situation(alert(is_open=False, since=NOW), rules=HOLD)) == []


def test_after_a_restart_an_incident_stays_until_its_end_would_have_been_seen() -> None:
    decision = decided(incidents=[published()], rules=HOLD, began=NOW - minutes(1))

    assert decision.action is Action.LEAVE


def test_an_alert_that_nobody_renews_runs_out() -> None:
    rules = Rules(runs_out_after=minutes(60))
    pushed = alert(renewed_at=NOW - minutes(60))
    alive = replace(pushed, renewed_at=NOW - minutes(59))

    assert decided(pushed, incidents=[published()], rules=rules).action is Action.RESOLVE
    assert decided(alive, incidents=[published()], rules=rules).action is Action.LEAVE


def test_after_a_restart_what_was_pushed_before_holds_its_incidents_open() -> None:
    before = [published(begun_at=NOW - minutes(2))]
    since = [published(begun_at=NOW)]
    began = NOW - minutes(1)
    pushing = frozenset({HUGOPS})

    assert decided(incidents=before, began=began, only_pushed=pushing).action is Action.LEAVE
    assert decided(incidents=since, began=began, only_pushed=pushing).action is Action.RESOLVE
    assert decided(incidents=before, only_pushed=pushing).action is Action.RESOLVE


@pytest.mark.parametrize("alerts", [[], [alert(status="major_outage")]])
def test_w2_h_an_incident_that_a_person_took_over_is_left(alerts: list[Alert]) -> None:
    taken = [published(is_taken_over=True)]

    assert decided(*alerts, incidents=taken).action is Action.LEAVE


def test_what_a_person_resolved_stays_so_while_the_alert_goes_on() -> None:
    over = published(is_over=True, is_taken_over=True, over_at=NOW - minutes(1))

    assert decided(alert(), incidents=[over]).action is Action.LEAVE
    assert decided(alert(since=NOW), incidents=[over]).action is Action.OPEN


def test_what_the_bridge_resolved_is_opened_anew_when_an_alert_goes_on() -> None:
    over = published(is_over=True, over_at=NOW - minutes(1))

    assert decided(alert(), incidents=[over]).action is Action.OPEN


def test_under_a_planned_maintenance_nothing_is_opened() -> None:
    assert decided(alert(), maintained=frozenset({API})).action is Action.LEAVE


def test_for_a_quiet_component_nothing_is_opened() -> None:
    assert decided(alert(), rules=Rules(quiet=frozenset({API}))).action is Action.LEAVE


def test_of_two_incidents_the_oldest_is_updated_and_both_are_resolved() -> None:
    two = [published(), published(id="i2", begun_at=NOW)]
    worse = situation(alert(status="major_outage"), incidents=two)

    assert [one.action for one in plan(worse)] == [Action.UPDATE, Action.LEAVE]
    assert [one.action for one in plan(situation(incidents=two))] == [Action.RESOLVE] * 2


def test_what_a_source_has_no_longer_is_over_since_it_was_missed() -> None:
    memory = Memory(LONG_AGO).read(HUGOPS, [alert()], NOW)

    (gone,) = memory.read(HUGOPS, [], NOW + minutes(1)).alerts.values()

    assert (gone.is_open, gone.since) == (False, NOW + minutes(1))


def test_one_account_says_nothing_about_the_alerts_of_another() -> None:
    memory = Memory(LONG_AGO).read(HUGOPS, [alert()], NOW).read(OTHER, [], NOW)

    assert [one.is_open for one in memory.alerts.values()] == [True]


def test_what_is_over_is_forgotten_after_its_hold() -> None:
    memory = Memory(LONG_AGO).read(HUGOPS, [alert()], NOW).read(HUGOPS, [], NOW)

    assert memory.at(NOW + minutes(4), HOLD).alerts
    assert not memory.at(NOW + minutes(5), HOLD).alerts


def test_the_end_of_an_alert_that_was_never_open_is_nothing_new() -> None:
    assert not Memory(LONG_AGO).pushed([alert(is_open=False)]).alerts
