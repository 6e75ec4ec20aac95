"""What holds for every plan, whatever happened before."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from making import API, CART, HUGOPS, LONG_AGO, NOW, OTHER, minutes

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.plan import Action, Situation, plan
from statuspage_bridge.core.published import Published
from statuspage_bridge.core.rules import Rules
from statuspage_bridge.core.status import worst

STATUSES = st.sampled_from(["degraded_performance", "partial_outage", "major_outage"])
COMPONENTS = st.sampled_from([API, CART])
ACCOUNTS = st.sampled_from([HUGOPS, OTHER])
TIMES = st.integers(-20, 0).map(lambda count: NOW + minutes(count))

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
)
PUBLISHED = st.builds(
    Published,
    id=st.uuids().map(str),
    component=COMPONENTS,
    status=STATUSES,
    begun_at=TIMES,
    is_over=st.booleans(),
    over_at=TIMES,
    is_taken_over=st.booleans(),
)
HOLDS = st.integers(0, 15).map(minutes)
SITUATIONS = st.builds(
    Situation,
    now=st.just(NOW),
    memory=st.lists(ALERTS, max_size=6).map(
        lambda alerts: Memory(LONG_AGO, {one.key: one for one in alerts})
    ),
    rules=st.builds(Rules, opens_after=HOLDS, resolves_after=HOLDS, runs_out_after=HOLDS),
    incidents=st.lists(PUBLISHED, max_size=4),
    unread=st.frozensets(ACCOUNTS),
    maintained=st.frozensets(COMPONENTS),
)


@settings(max_examples=200, deadline=None)
@given(SITUATIONS)
def test_no_plan_breaks_a_promise(situation: Situation) -> None:
    decisions = plan(situation)
    written = [one for one in decisions if one.action is not Action.LEAVE]
    open_ones = {one.id: one for one in situation.incidents if not one.is_over}
    opened = [one.component for one in written if one.action is Action.OPEN]
    changed = [open_ones[one.incident] for one in written if one.incident is not None]

    assert not {one.component for one in open_ones.values()} & {*opened}
    assert max(Counter(opened).values(), default=1) == 1
    assert not [one for one in changed if one.is_taken_over]
    assert len({one.id for one in changed}) == len(changed)
    if situation.unread:
        assert Action.RESOLVE not in {one.action for one in written}


class Page:
    """A page in memory, on which plans are carried out."""

    def __init__(self) -> None:
        self.incidents: list[Published] = []

    def follow(self, memory: Memory, unread: frozenset[Account] = frozenset()) -> int:
        situation = Situation(now=NOW, memory=memory, incidents=self.incidents, unread=unread)
        written = [one for one in plan(situation) if one.action is not Action.LEAVE]
        for one in written:
            if one.action is Action.OPEN:
                name = f"i{len(self.incidents)}"
                made = Published(id=name, component=one.component, status=one.status, begun_at=NOW)
                self.incidents.append(made)
                continue
            number = next(n for n, old in enumerate(self.incidents) if old.id == one.incident)
            self.incidents[number] = replace(
                self.incidents[number],
                status=one.status,
                is_over=one.action is Action.RESOLVE,
                over_at=NOW,
            )
        return len(written)

    def shown(self) -> list[tuple[str, str]]:
        return sorted((one.component, one.status) for one in self.incidents if not one.is_over)


LOOKS = st.lists(st.tuples(ACCOUNTS, st.lists(ALERTS, max_size=3)), max_size=6)
TRUTH = st.dictionaries(ACCOUNTS, st.lists(ALERTS, max_size=3))


@settings(max_examples=100, deadline=None)
@given(LOOKS, TRUTH)
def test_whatever_was_seen_before_one_pass_over_the_truth_shows_the_truth(
    looks: list[tuple[Account, list[Alert]]], truth: dict[Account, list[Alert]]
) -> None:
    memory, page = Memory(NOW), Page()
    for account, seen in looks:
        memory = memory.read(account, _settled(account, seen), NOW)
        page.follow(memory, frozenset({HUGOPS, OTHER} - {account}))
        assert len(page.shown()) == len({component for component, _ in page.shown()})

    there: list[Alert] = []
    for account in (HUGOPS, OTHER):
        told = {one.key: one for one in _settled(account, truth.get(account, []))}
        memory = memory.read(account, told.values(), NOW)
        there += told.values()
    page.follow(memory)

    assert page.shown() == [
        (component, worst(one.status for one in there if one.component == component))
        for component in sorted({one.component for one in there})
    ]
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


def _settled(account: Account, alerts: list[Alert]) -> list[Alert]:
    return [
        replace(one, account=account, is_open=True, is_confirmed=True, renewed_at=None)
        for one in alerts
    ]
