"""One incident for each alert group, by rule."""

from typing import Any

from making import API, CART, NOW, OTHER, SEARCH, alert, minutes, published, situation

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.decision import Action, Decision
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.rules import IncidentPer, Policy, Rules

PER_GROUP = Rules(usual=Policy(incident_per=IncidentPer.GROUP))
LABELS = '{}/{severity="critical"}:{alertname="Errors"}'


def fired(component: str, **fields: Any) -> Alert:
    return alert(component=component, group=LABELS, **fields)


def planned(*alerts: Alert, **fields: Any) -> list[Decision]:
    return plan(situation(*alerts, rules=PER_GROUP, **fields))


(OPENED,) = planned(fired(API), fired(CART))
OPEN = published(components=OPENED.components, group=OPENED.group, impact=OPENED.impact)


def test_a_group_has_one_incident_with_all_of_its_components() -> None:
    assert OPENED.action is Action.OPEN
    assert OPENED.components == {API: "partial_outage", CART: "partial_outage"}


def test_the_key_of_a_group_tells_nothing_of_its_labels() -> None:
    assert OPENED.group
    assert "severity" not in OPENED.group
    assert "Errors" not in OPENED.group


def test_groups_of_two_accounts_are_two() -> None:
    decisions = planned(fired(API), fired(CART, account=OTHER))

    assert [one.action for one in decisions] == [Action.OPEN, Action.OPEN]
    assert decisions[0].group != decisions[1].group


def test_an_alert_without_a_group_has_its_component_for_itself() -> None:
    (decision,) = planned(alert())

    assert (decision.action, decision.group) == (Action.OPEN, "")


def test_a_component_joins_its_group_by_an_update() -> None:
    (decision,) = planned(fired(API), fired(CART), fired(SEARCH), incidents=[OPEN])

    assert (decision.action, decision.incident) == (Action.UPDATE, OPEN.id)
    assert (set(decision.changed), decision.begins) == ({SEARCH}, True)
    assert decision.components.keys() == {API, CART, SEARCH}


def test_a_component_that_is_well_leaves_its_group_by_an_update() -> None:
    (decision,) = planned(fired(API), incidents=[OPEN])

    assert decision.action is Action.UPDATE
    assert decision.components == {API: "partial_outage", CART: "operational"}


def test_a_component_that_left_comes_back_only_once_it_has_lasted_again() -> None:
    rules = Rules(usual=Policy(incident_per=IncidentPer.GROUP, opens_after=minutes(5)))
    left = published(components={API: "partial_outage", CART: "operational"}, group=OPEN.group)

    def back_for(length: float) -> Decision:
        alerts = fired(API), fired(CART, since=NOW - minutes(length))
        (decision,) = plan(situation(*alerts, rules=rules, incidents=[left]))
        return decision

    assert back_for(4).action is Action.LEAVE
    assert back_for(5).components[CART] == "partial_outage"


def test_a_group_is_resolved_when_the_last_of_its_components_is_well() -> None:
    (decision,) = planned(incidents=[OPEN])

    assert decision.action is Action.RESOLVE


def test_a_component_with_an_incident_has_no_second_one_in_a_group() -> None:
    own = published(id="i0")

    api, cart = planned(fired(API), fired(CART), incidents=[own])

    assert (api.action, api.incident) == (Action.LEAVE, "i0")
    assert (cart.action, cart.components) == (Action.OPEN, {CART: "partial_outage"})


def test_what_a_person_wrote_to_is_not_joined() -> None:
    theirs = published(components=OPEN.components, group=OPEN.group, is_taken_over=True)

    decisions = planned(fired(API), fired(SEARCH), incidents=[theirs])

    assert {one.action for one in decisions} == {Action.LEAVE}
    assert "A person has written" in decisions[-1].reason


def test_under_a_maintenance_no_component_joins() -> None:
    decisions = planned(
        fired(API), fired(CART), fired(SEARCH), incidents=[OPEN], maintained=frozenset({SEARCH})
    )

    assert {one.action for one in decisions} == {Action.LEAVE}


def test_no_component_leaves_while_an_account_cannot_be_read() -> None:
    (decision,) = planned(fired(API), incidents=[OPEN], unread=frozenset({OTHER}))

    assert decision.action is Action.LEAVE
