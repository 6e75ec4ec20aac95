"""At most so many incidents an hour, and one for all that is more."""

from making import API, CART, NOW, SEARCH, alert, minutes, published, situation

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.decision import SEVERAL, Action, Decision
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.published import Published
from statuspage_bridge.core.rules import Rules

STATUS = alert(component="c1status000a")
SEVERAL_OPEN = published(id="i9", components={CART: "partial_outage"}, group=SEVERAL, begun_at=NOW)


def planned(most: int, *alerts: Alert, incidents: list[Published] | None = None) -> list[Decision]:
    rules = Rules(most_an_hour=most)
    decisions = plan(situation(*alerts, rules=rules, incidents=incidents or []))
    return [one for one in decisions if one.action is not Action.LEAVE]


def test_what_is_beyond_the_limit_is_told_in_one_incident_together() -> None:
    alerts = alert(status="major_outage"), alert(component=CART), alert(component=SEARCH)

    own, several = planned(1, *alerts)

    assert (set(own.components), own.group) == ({API}, "")
    assert (set(several.components), several.group) == ({CART, SEARCH}, SEVERAL)
    assert several.reason.startswith("No more than 1 may be opened an hour. ")


def test_the_worst_has_an_incident_of_its_own_first() -> None:
    alerts = alert(), alert(component=CART), alert(component=SEARCH, status="major_outage")

    own = [one for one in planned(1, *alerts) if not one.group]

    assert [set(one.components) for one in own] == [{SEARCH}]


def test_incidents_of_this_hour_count_even_when_they_are_over() -> None:
    over = published(is_over=True, over_at=NOW, begun_at=NOW - minutes(59))

    (several,) = planned(1, alert(component=CART), incidents=[over])

    assert several.group == SEVERAL


def test_an_incident_of_the_hour_before_counts_no_longer() -> None:
    over = published(is_over=True, over_at=NOW, begun_at=NOW - minutes(60))

    (own,) = planned(1, alert(component=CART), incidents=[over])

    assert own.group == ""


def test_what_comes_later_joins_the_incident_that_is_open() -> None:
    (joined,) = planned(
        1, alert(), alert(component=CART), STATUS, incidents=[published(), SEVERAL_OPEN]
    )

    assert (joined.action, joined.incident) == (Action.UPDATE, "i9")
    assert joined.changed == {STATUS.component}


def test_it_is_resolved_when_all_of_its_causes_are_over() -> None:
    (resolved,) = planned(1, alert(), incidents=[published(), SEVERAL_OPEN])

    assert (resolved.action, resolved.incident) == (Action.RESOLVE, "i9")


def test_it_does_not_count_itself() -> None:
    (own,) = planned(1, alert(), alert(component=CART), incidents=[SEVERAL_OPEN])

    assert (set(own.components), own.group) == ({API}, "")
