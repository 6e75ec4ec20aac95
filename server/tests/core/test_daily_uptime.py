"""Days of uptime: how long each was not well, what that makes of it, and the share of all."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage_server.core.daily_uptime import (
    DayLevel,
    DayRecord,
    days_between,
    last_days,
    mean,
    percentage,
    record_days,
)
from statuspage_server.core.moments import DAY, HOUR, MINUTE, parse_moment
from statuspage_server.core.uptime import Span, measure

UTC, BERLIN = ZoneInfo("Etc/UTC"), ZoneInfo("Europe/Berlin")
NOW = parse_moment("2026-03-04T12:00:00Z")
DAYS = last_days(3, NOW, UTC)
STATUSES = ("operational", "degraded_performance", "partial_outage", "major_outage")


def test_the_last_day_is_today_in_the_pages_zone() -> None:
    late = parse_moment("2026-03-04T23:30:00Z")
    assert [day.date for day in last_days(2, late, BERLIN)] == [date(2026, 3, 4), date(2026, 3, 5)]


def test_a_day_is_as_long_as_the_clocks_make_it() -> None:
    days = days_between(date(2026, 3, 28), date(2026, 3, 30), BERLIN)
    assert [(day.end - day.start) // HOUR for day in days] == [24, 23, 24]


def test_an_outage_over_midnight_counts_for_both_days() -> None:
    start = DAYS[0].start
    spans = [
        Span(start, "operational"),
        Span(start + 23 * HOUR, "major_outage"),
        Span(start + 26 * HOUR, "operational"),
    ]
    assert [record.major for record in record_days(spans, DAYS, NOW)] == [HOUR, 2 * HOUR, 0]


def test_what_is_going_on_counts_until_now() -> None:
    spans = [Span(DAYS[0].start, "operational"), Span(NOW - HOUR, "partial_outage")]
    assert record_days(spans, DAYS, NOW)[-1].partial == HOUR


def test_days_before_the_first_are_unknown_and_count_for_nothing() -> None:
    records = record_days([Span(DAYS[0].start, "major_outage")], DAYS, NOW, DAYS[1].date)
    assert [record.level for record in records] == [
        DayLevel.NO_DATA,
        DayLevel.MAJOR_OUTAGE,
        DayLevel.MAJOR_OUTAGE,
    ]
    assert percentage(records, DAYS, NOW) == 0
    assert percentage(record_days([], DAYS, NOW, date(2026, 4, 1)), DAYS, NOW) is None


@pytest.mark.parametrize(
    ("record", "level"),
    [
        (DayRecord(), DayLevel.OPERATIONAL),
        (DayRecord(maintenance=DAY), DayLevel.UNDER_MAINTENANCE),
        (DayRecord(degraded=MINUTE, maintenance=DAY), DayLevel.DEGRADED_PERFORMANCE),
        (DayRecord(major=19 * MINUTE), DayLevel.DEGRADED_PERFORMANCE),
        (DayRecord(major=20 * MINUTE), DayLevel.PARTIAL_OUTAGE),
        (DayRecord(partial=3 * HOUR), DayLevel.PARTIAL_OUTAGE),
        (DayRecord(major=HOUR), DayLevel.MAJOR_OUTAGE),
        (DayRecord(partial=4 * HOUR), DayLevel.MAJOR_OUTAGE),
    ],
)
def test_a_day_is_as_bad_as_the_time_it_lost(record: DayRecord, level: DayLevel) -> None:
    assert record.level == level


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3 * DAY), st.sampled_from(STATUSES)), max_size=6))
def test_all_days_together_are_what_the_api_says(changes: list[tuple[int, str]]) -> None:
    start = DAYS[0].start
    spans = [Span(start, "operational")]
    spans += [Span(min(start + at, NOW), status) for at, status in sorted(changes)]
    share = percentage(record_days(spans, DAYS, NOW), DAYS, NOW)
    assert share == pytest.approx(measure(spans, start, NOW).percentage, abs=1e-3)


def test_a_groups_share_is_the_mean_of_those_that_are_known() -> None:
    assert mean([100.0, None, 50.0]) == 75
    assert mean([None]) is None
