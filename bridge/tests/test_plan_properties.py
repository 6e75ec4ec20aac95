"""What holds for every plan, whatever happened before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from making import API, CART, HUGOPS, LONG_AGO, NOW, OTHER, SEARCH, minutes
from page_in_memory import Page

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.core.decision import SEVERAL, Action
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.published import Published
from statuspage_bridge.core.rules import IncidentPer, Policy, Rule, Rules, When
from statuspage_bridge.core.situation import Situation
from statuspage_bridge.core.status import worst

STATUSES = st.sampled_from(["degraded_performance", "partial_outage", "major_outage"])
COMPONENTS = st.sampled_from([API, CART, SEARCH])
ACCOUNTS = st.sampled_from([HUGOPS, OTHER])
TIMES = st.integers(-20, 0).map(lambda count: NOW + minutes(count))
SEVERITIES = st.sampled_from(["info", "critical", ""])

ALERTS = st.builds(
    Alert,
    account=ACCOUNTS,
    id=st.sampled_from("ABC"),
    component=COMPONENTS,
    status=STATUSES,
    since=TIMES,
    is_open=st.booleans(),
    is_confirmed=st.booleans(),
    renewed_at=st.none() | TIMES,
    severity=SEVERITIES,
    group=st.sampled_from(["", "G", "H"]),
)
PUBLISHED = st.builds(
    Published,
    id=st.uuids().map(str),
    components=st.dictionaries(COMPONENTS, STATUSES | st.just("operational"), min_size=1),
    begun_at=TIMES,
    group=st.sampled_from(["", SEVERAL, "0123456789abcdef"]),
    impact=st.sampled_from(["", "minor", "critical"]),
    is_over=st.booleans(),
    over_at=TIMES,
    is_taken_over=st.booleans(),
)
HOLDS = st.integers(0, 15).map(minutes)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "opens_after": HOLDS,
        "resolves_after": HOLDS,
        "draft": st.booleans(),
        "quiet": st.booleans(),
        "status": STATUSES,
        "incident_per": st.sampled_from(IncidentPer),
    },
)
RULES = st.builds(
    Rules,
    usual=st.builds(Policy, opens_after=HOLDS, resolves_after=HOLDS, draft=st.booleans()),
    rules=st.lists(
        st.builds(
            Rule,
            when=st.builds(When, severity=st.lists(SEVERITIES, max_size=1)),
            settings=CHOICES,
        ),
        max_size=3,
    ),
    runs_out_after=HOLDS,
    most_an_hour=st.none() | st.integers(1, 3),
)
SITUATIONS = st.builds(
    Situation,
    now=st.just(NOW),
    memory=st.lists(ALERTS, max_size=6).map(
        lambda alerts: Memory(LONG_AGO, {one.key: one for one in alerts})
    ),
    rules=RULES,
    incidents=st.lists(PUBLISHED, max_size=4, unique_by=lambda one: one.id),
    unread=st.frozensets(ACCOUNTS),
    maintained=st.frozensets(COMPONENTS),
)


@settings(max_examples=300, deadline=None)
@given(SITUATIONS)
def test_no_plan_breaks_a_promise(situation: Situation) -> None:
    written = [one for one in plan(situation) if one.action is not Action.LEAVE and not one.draft]
    open_ones = {one.id: one for one in situation.incidents if not one.is_over}
    told = [id_ for one in open_ones.values() for id_ in one.components]
    opened = [one for one in written if one.action is Action.OPEN]
    changed = [open_ones[one.incident] for one in written if one.incident is not None]
    new = [
        id_
        for one in written
        for id_ in one.changed
        if one.incident is None or id_ not in open_ones[one.incident].components
    ]

    assert not {*new} & {*told}
    assert max(Counter(new).values(), default=1) == 1
    assert not [one for one in changed if one.is_taken_over]
    assert len({one.id for one in changed}) == len(changed)
    assert len([one for one in opened if one.group == SEVERAL]) <= 1
    if situation.unread:
        assert Action.RESOLVE not in {one.action for one in written}
    if (most := situation.rules.most_an_hour) is not None:
        lately = [one for one in situation.incidents if one.group != SEVERAL]
        more = [one for one in opened if one.group != SEVERAL]
        assert len(more) <= max(0, most - len(lately))


@settings(max_examples=100, deadline=None)
@given(SITUATIONS, st.randoms())
def test_the_order_of_what_is_known_changes_no_plan(situation: Situation, random: Random) -> None:
    alerts = list(situation.memory.alerts.values())
    incidents = list(situation.incidents)
    random.shuffle(alerts)
    random.shuffle(incidents)
    memory = Memory(LONG_AGO, {one.key: one for one in alerts})

    assert plan(replace(situation, memory=memory, incidents=incidents)) == plan(situation)


@settings(max_examples=100, deadline=None)
@given(SITUATIONS)
def test_while_an_alert_is_public_nothing_that_it_holds_ends(situation: Situation) -> None:
    memory = situation.memory.at(situation.now, situation.rules)
    held = {
        one.component
        for one in memory.alerts.values()
        if one.is_open and not situation.rules.policy(one).quiet
    }
    for one in plan(situation):
        if one.action is Action.RESOLVE:
            assert not held & one.components.keys()


LOOKS = st.lists(st.tuples(ACCOUNTS, st.lists(ALERTS, max_size=3)), max_size=6)
TRUTH = st.dictionaries(ACCOUNTS, st.lists(ALERTS, max_size=3))
PER_GROUP = Rules(usual=Policy(incident_per=IncidentPer.GROUP))
DRAFTS = Rules(rules=[Rule(when=When(severity=["info"]), settings={"draft": True})])
ANY_RULES = st.sampled_from(
    [Rules(), PER_GROUP, replace(PER_GROUP, most_an_hour=1), Rules(most_an_hour=2), DRAFTS]
)


@settings(max_examples=200, deadline=None)
@given(LOOKS, TRUTH, ANY_RULES)
def test_whatever_was_seen_before_one_pass_over_the_truth_shows_the_truth(
    looks: list[tuple[Account, list[Alert]]], truth: dict[Account, list[Alert]], rules: Rules
) -> None:
    memory, page = Memory(NOW), Page(rules)
    for account, seen in looks:
        memory = memory.read(account, _settled(account, seen), NOW)
        page.follow(memory, frozenset({HUGOPS, OTHER} - {account}))
        assert max(Counter(page.told()).values(), default=1) == 1

    there: list[Alert] = []
    for account in (HUGOPS, OTHER):
        now = {one.key: one for one in _settled(account, truth.get(account, []))}
        memory = memory.read(account, now.values(), NOW)
        there += now.values()
    page.follow(memory)

    # What is only proposed ends nothing that was public, and makes it neither better nor worse.
    drafted = {one.component for one in there if rules.policy(one).draft}
    public = [one for one in there if one.component not in drafted]
    assert page.shown(without=drafted) == _worst(public)
    assert page.follow(memory) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(ALERTS, max_size=8), st.lists(ALERTS, max_size=4, unique_by=lambda one: one.key))
def test_whatever_was_pushed_or_lost_only_what_is_renewed_is_open_in_the_end(
    before: list[Alert], renewed: list[Alert]
) -> None:
    rules = Rules()
    end = NOW + rules.runs_out_after
    memory = Memory(NOW).pushed(replace(one, renewed_at=NOW) for one in before)

    memory = memory.pushed(replace(one, renewed_at=end) for one in renewed).at(end, rules)

    open_now = {one.key for one in memory.alerts.values() if one.is_open}
    assert open_now == {one.key for one in renewed if one.is_open}


def _worst(alerts: Iterable[Alert]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in alerts:
        found.setdefault(one.component, []).append(one.status)
    return {component: worst(statuses) for component, statuses in found.items()}


def _settled(account: Account, alerts: list[Alert]) -> list[Alert]:
    return [
        replace(one, account=account, is_open=True, is_confirmed=True, renewed_at=None)
        for one in alerts
    ]
