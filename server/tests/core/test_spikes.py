"""When reports are so many in so short a time that a component counts as degraded."""

from hypothesis import given
from hypothesis import strategies as st

from statuspage_server.core.moments import MINUTE, Moment
from statuspage_server.core.spikes import ReportSource, ReportTime, SpikeRule, is_spike

NOW = 1_000 * MINUTE
RULE = SpikeRule()
USER, EXTERNAL, INTERNAL = ReportSource

moments = st.integers(NOW - 12 * MINUTE, NOW)
reports = st.lists(st.builds(ReportTime, moments, st.sampled_from(ReportSource)), max_size=12)


def reported(*ago: Moment, source: ReportSource = USER) -> list[ReportTime]:
    return [ReportTime(NOW - one, source) for one in ago]


def test_five_in_five_minutes_are_a_spike_and_four_are_none() -> None:
    assert not is_spike(reported(0, 0, 0, 0), NOW, RULE)
    assert is_spike(reported(0, 1, 2, 3, 5 * MINUTE - 1), NOW, RULE)
    assert not is_spike(reported(0, 1, 2, 3, 5 * MINUTE), NOW, RULE)


def test_users_and_monitors_count_together() -> None:
    assert is_spike(reported(0, 1, 2) + reported(0, 1, source=EXTERNAL), NOW, RULE)


def test_two_alerts_are_enough_and_do_not_count_among_the_others() -> None:
    assert is_spike(reported(0, 1, source=INTERNAL), NOW, RULE)
    assert not is_spike(reported(0, 1, 2, 3) + reported(0, source=INTERNAL), NOW, RULE)


@given(reports, moments | st.none(), st.integers(1, 6), st.integers(1, 6))
def test_it_is_what_counting_says(
    found: list[ReportTime], cleared: Moment | None, most: int, alerts: int
) -> None:
    """The counting is done here once more, report by report."""
    rule = SpikeRule(most, alerts)
    seen = {True: 0, False: 0}
    for one in found:
        recent = NOW - one.at < rule.span
        later = cleared is None or one.at > cleared
        seen[one.source is INTERNAL] += recent and later
    assert is_spike(found, NOW, rule, cleared) == (seen[False] >= most or seen[True] >= alerts)


@given(reports, st.builds(ReportTime, moments, st.sampled_from(ReportSource)))
def test_one_more_report_never_ends_a_spike(found: list[ReportTime], more: ReportTime) -> None:
    assert is_spike([*found, more], NOW, RULE) >= is_spike(found, NOW, RULE)


@given(reports)
def test_time_alone_never_begins_one(found: list[ReportTime]) -> None:
    assert is_spike(found, NOW, RULE) >= is_spike(found, NOW + MINUTE, RULE)
    assert not is_spike(found, NOW + RULE.span, RULE)


@given(reports)
def test_what_led_to_a_cleared_disruption_leads_to_no_other(found: list[ReportTime]) -> None:
    assert not is_spike(found, NOW, RULE, cleared=NOW)
