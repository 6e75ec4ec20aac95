"""What is only proposed."""

from making import API, CART, alert, decided, published, situation

from statuspage_bridge.core.decision import Action
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.rules import IncidentPer, Policy, Rule, Rules, When

DRAFTS = Rules(rules=[Rule(when=When(severity=["warning"]), settings={"draft": True})])
ALL_DRAFTS = Rules(usual=Policy(draft=True))
WARNING = alert(id="P2", severity="warning", status="major_outage")


def test_an_incident_is_proposed_where_all_that_opens_it_is_a_draft() -> None:
    decision = decided(WARNING, rules=DRAFTS)

    assert (decision.action, decision.draft) == (Action.OPEN, True)


def test_an_alert_that_is_no_draft_opens_it_by_itself() -> None:
    decision = decided(WARNING, alert(), rules=DRAFTS)

    assert (decision.action, decision.draft) == (Action.OPEN, False)
    assert decision.status == "partial_outage"


def test_a_draft_that_makes_it_worse_is_proposed() -> None:
    decision = decided(WARNING, alert(), rules=DRAFTS, incidents=[published()])

    assert (decision.action, decision.draft) == (Action.UPDATE, True)
    assert decision.status == "major_outage"


def test_a_draft_holds_open_what_is_public() -> None:
    same = alert(severity="warning")

    assert decided(same, rules=DRAFTS, incidents=[published()]).action is Action.LEAVE


def test_where_everything_is_a_draft_the_end_is_one_too() -> None:
    decision = decided(rules=ALL_DRAFTS, incidents=[published()])

    assert (decision.action, decision.draft) == (Action.RESOLVE, True)


def test_drafts_count_for_no_limit() -> None:
    rules = Rules(usual=Policy(draft=True), most_an_hour=1)

    decisions = plan(situation(alert(), alert(component=CART), rules=rules))

    assert [(one.group, one.draft) for one in decisions] == [("", True), ("", True)]


def test_a_draft_waits_until_the_incident_of_its_group_is_open() -> None:
    rules = Rules(usual=Policy(incident_per=IncidentPer.GROUP), rules=DRAFTS.rules)
    both = alert(group="G"), alert(group="G", component=CART, severity="warning")

    opened, waiting = plan(situation(*both, rules=rules))
    assert (set(opened.components), opened.draft) == ({API}, False)
    assert waiting.action is Action.LEAVE

    told = published(components=opened.components, group=opened.group)
    (joining,) = plan(situation(*both, rules=rules, incidents=[told]))
    assert (joining.action, joining.draft) == (Action.UPDATE, True)
    assert joining.changed == {CART}
