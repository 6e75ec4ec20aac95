"""Time is cut where people cut it."""

from datetime import UTC, datetime, timedelta

import pytest

from port_sandbox.core.time_series import MOST, ceiling, sorted_in, starts


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("interval", "begins"),
    [
        ("isoWeek", ["2026-12-28", "2027-01-04", "2027-01-11"]),
        ("month", ["2026-12-01", "2027-01-01"]),
        ("quarter", ["2026-10-01", "2027-01-01"]),
    ],
)
def test_weeks_begin_on_monday_months_on_the_first(interval: str, begins: list[str]) -> None:
    assert starts(day("2026-12-31T15:20"), day("2027-01-12"), interval) == [
        day(one) for one in begins
    ]


def test_a_moment_belongs_to_the_interval_that_has_begun() -> None:
    begins = starts(day("2026-11-20T10:30"), day("2026-11-20T12:10"), "hour")
    dated = [(day(f"2026-11-20T{at}"), at) for at in ("09:59", "10:00", "11:59", "12:00")]
    assert sorted_in(dated, begins) == [["10:00"], ["11:59"], ["12:00"]]


def test_an_endless_line_is_cut() -> None:
    assert len(starts(day("2020-01-01"), day("2026-01-01"), "hour")) == MOST


@pytest.mark.parametrize(("highest", "top"), [(0, 2), (1, 2), (3, 5), (6, 10), (11, 20), (99, 100)])
def test_a_scale_ends_at_a_round_number(highest: float, top: float) -> None:
    assert ceiling(highest) == top


def test_every_offset_is_utc() -> None:
    berlin = datetime.fromisoformat("2026-11-21T00:30+01:00")
    assert starts(berlin, berlin + timedelta(minutes=1), "day") == [day("2026-11-20")]
