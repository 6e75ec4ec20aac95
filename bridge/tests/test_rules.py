"""Which rule is about an alert, and what it changes."""

from typing import Any

import pytest
from making import API, CART, NOW, alert, decided, minutes, published, situation

from statuspage_bridge.core.decision import Action
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.rules import Policy, Rule, Rules, When

LABELS = {"team": "shop", "job": "api[1]"}


def ruled(*rules: tuple[dict[str, Any], dict[str, Any]], **more: Any) -> Rules:
    """Return rules, each written as what it is about and what it sets."""
    return Rules(rules=[Rule(when=When(**when), settings=set_) for when, set_ in rules], **more)


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"source": ["grafana", "pagerduty"]},
        {"account": ["hug*"]},
        {"severity": ["CRITICAL"]},
        {"priority": ["P?"]},
        {"status": ["partial_outage"]},
        {"component": [API]},
        {"labels": {"team": ["shop"], "job": ["api[1]"]}},
        {"severity": ["critical"], "labels": {"team": ["*"]}},
    ],
)
def test_a_rule_is_about_an_alert_where_each_of_its_fields_fits(when: dict[str, Any]) -> None:
    one = alert(severity="critical", priority="P1", labels=LABELS)

    assert When(**when).fits(one)


@pytest.mark.parametrize(
    "when",
    [
        {"source": ["grafana"]},
        {"severity": ["crit"]},
        {"component": [CART]},
        {"labels": {"team": ["shop"], "env": ["*"]}},
        {"labels": {"job": ["api1"]}},
        {"severity": ["critical"], "priority": ["P2"]},
    ],
)
def test_one_field_that_does_not_fit_is_enough_for_none(when: dict[str, Any]) -> None:
    one = alert(severity="critical", priority="P1", labels=LABELS)

    assert not When(**when).fits(one)


def test_the_first_rule_that_sets_something_wins_and_the_defaults_are_last() -> None:
    rules = ruled(
        ({"severity": ["critical"]}, {"opens_after": minutes(1)}),
        ({}, {"opens_after": minutes(9), "notify": True}),
        usual=Policy(resolves_after=minutes(5), notify=False),
    )

    policy = rules.policy(alert(severity="critical"))

    assert (policy.opens_after, policy.notify) == (minutes(1), True)
    assert policy.resolves_after == minutes(5)
    assert rules.policy(alert()).opens_after == minutes(9)


def test_how_long_an_alert_must_last_is_set_for_each() -> None:
    rules = ruled(({"severity": ["warning"]}, {"opens_after": minutes(30)}))

    assert decided(alert(), rules=rules).action is Action.OPEN
    assert decided(alert(severity="warning"), rules=rules).action is Action.LEAVE


def test_how_long_an_alert_must_be_over_is_set_for_each() -> None:
    rules = ruled(({"component": [API]}, {"resolves_after": minutes(30)}))
    over = alert(is_open=False, since=NOW - minutes(10))
    other = alert(is_open=False, since=NOW - minutes(10), component=CART)
    memory = Memory(NOW, {one.key: one for one in (over, other)}).at(NOW, rules)
    told = [published(), published(id="i2", components={CART: "partial_outage"})]

    decisions = plan(situation(*memory.alerts.values(), rules=rules, incidents=told))

    assert [one.action for one in decisions] == [Action.LEAVE, Action.RESOLVE]


def test_a_rule_says_what_status_and_impact_an_alert_has() -> None:
    rules = ruled(
        ({"priority": ["P1"]}, {"status": "major_outage", "impact": "critical"}),
    )

    decision = decided(alert(priority="P1"), rules=rules)

    assert (decision.status, decision.impact) == ("major_outage", "critical")


@pytest.mark.parametrize(
    ("status", "impact"),
    [("degraded_performance", "minor"), ("partial_outage", "minor"), ("major_outage", "major")],
)
def test_without_a_rule_the_impact_is_that_of_statuspage(status: str, impact: str) -> None:
    assert decided(alert(status=status)).impact == impact


def test_an_impact_is_raised_and_lowered_by_updates() -> None:
    rules = ruled(({"priority": ["P1"]}, {"impact": "critical"}))
    worse = decided(alert(priority="P1"), rules=rules, incidents=[published()])
    better = decided(alert(), rules=rules, incidents=[published(impact="critical")])

    assert (worse.action, worse.impact) == (Action.UPDATE, "critical")
    assert (better.action, better.impact) == (Action.UPDATE, "minor")
    assert not worse.changed


def test_no_impact_falls_while_an_account_cannot_be_read() -> None:
    told = published(impact="critical")

    decision = decided(alert(), incidents=[told], unread=frozenset({alert().account}))

    assert decision.action is Action.LEAVE


def test_a_quiet_alert_opens_nothing_and_holds_nothing_open() -> None:
    rules = ruled(({"severity": ["info"]}, {"quiet": True}))
    info = alert(severity="info")

    left = decided(info, rules=rules)

    assert (left.action, left.reason) == (Action.LEAVE, "The rules keep it quiet.")
    assert decided(info, rules=rules, incidents=[published()]).action is Action.RESOLVE


def test_subscribers_are_told_where_a_rule_says_so_and_then_of_the_end_too() -> None:
    rules = ruled(({"severity": ["critical"]}, {"notify": True}))

    assert decided(alert(severity="critical"), rules=rules).notify
    assert not decided(alert(), rules=rules).notify
    assert decided(incidents=[published(notify=True)]).notify
    assert not decided(incidents=[published()]).notify


def test_the_worst_alert_chooses_the_template() -> None:
    rules = ruled(({"severity": ["critical"]}, {"template": "loud"}))
    critical = alert(id="P2", severity="critical", status="major_outage")

    assert decided(alert(), critical, rules=rules).template == "loud"
    assert decided(incidents=[published(template="loud")]).template == "loud"


def test_an_alert_says_what_its_incident_begins_with() -> None:
    assert decided(alert(incident_status="identified")).incident_status == "identified"


def test_names_of_components_become_ids_and_one_that_is_on_no_page_fits_nothing() -> None:
    rules = ruled(
        ({"component": ["Shop / Cart"]}, {"quiet": True}),
        ({"component": ["Nowhere"]}, {"quiet": True}),
        quiet=frozenset({"API"}),
    )
    assert rules.components == {"Shop / Cart", "Nowhere", "API"}

    located = rules.located({"Shop / Cart": CART, "API": API})

    assert located.policy(alert()).quiet
    assert located.policy(alert(component=CART)).quiet
    assert not located.policy(alert(component="c1other00000")).quiet
