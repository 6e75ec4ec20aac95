"""The severity of a disruption, its days of the past, and the statuses of Nobl9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage_server.core.disruption import HISTORY_DAYS, Past, count_days, severity_of
from statuspage_server.core.moments import DAY, HOUR, parse_moment
from statuspage_server.core.nobl9_status import Nobl9Status, nobl9_status, page_status
from statuspage_server.core.status import RANK, ComponentStatus

NOW = parse_moment("2026-03-04T12:00:00Z")
DEGRADED, MAJOR = Nobl9Status.DEGRADED_PERFORMANCE, Nobl9Status.MAJOR_OUTAGE


@pytest.mark.parametrize("status", Nobl9Status)
def test_what_nobl9_knows_comes_back_as_it_was(status: Nobl9Status) -> None:
    assert nobl9_status(page_status(status)) is status


def test_of_two_faults_the_worse_is_never_shown_as_the_lesser() -> None:
    """Planned work is no fault: with Nobl9 it shows as operational."""
    order = list(Nobl9Status)
    by_rank = sorted(
        set(ComponentStatus) - {ComponentStatus.UNDER_MAINTENANCE}, key=RANK.__getitem__
    )
    shown = [order.index(nobl9_status(status)) for status in by_rank]
    assert shown == sorted(shown)
    assert nobl9_status("under_maintenance") is Nobl9Status.OPERATIONAL


@pytest.mark.parametrize("unknown", [None, "", "melted"])
def test_an_unknown_status_counts_as_operational(unknown: str | None) -> None:
    assert nobl9_status(unknown) is Nobl9Status.OPERATIONAL


@pytest.mark.parametrize(
    ("statuses", "severity"),
    [
        (["degraded_performance"], DEGRADED),
        (["degraded_performance", "major_outage"], MAJOR),
        (["major_outage", "partial_outage"], DEGRADED),
        (["major_outage", "operational"], MAJOR),
        (["operational"], DEGRADED),
        ([], DEGRADED),
    ],
)
def test_severity_is_the_last_that_was_not_operational(
    statuses: list[str], severity: Nobl9Status
) -> None:
    assert severity_of(statuses) is severity


past = st.builds(Past, st.integers(NOW - 200 * DAY, NOW), st.sampled_from([DEGRADED, MAJOR]))


@given(st.lists(past))
def test_every_disruption_of_ninety_days_is_counted_once(found: list[Past]) -> None:
    days = count_days(found, NOW)
    recent = [one for one in found if one.started_at > NOW - HISTORY_DAYS * DAY]
    assert sum(day.total for day in days) == len(recent)
    assert sum(day.major for day in days) == sum(one.severity is MAJOR for one in recent)
    assert [day.date for day in days] == sorted({day.date for day in days}, reverse=True)
    assert all(day.total for day in days)


def test_days_are_those_of_utc() -> None:
    (day,) = count_days([Past(NOW - 13 * HOUR, MAJOR)], NOW)
    assert (day.date, day.degraded, day.major) == ("2026-03-03", 0, 1)
