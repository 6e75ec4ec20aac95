"""What an incident is as a disruption: its severity, and its days of the past."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statuspage_server.core.moments import DAY, Moment, as_datetime
from statuspage_server.core.nobl9_status import Nobl9Status, nobl9_status

HISTORY_DAYS = 90


def severity_of(statuses: Sequence[str]) -> Nobl9Status:
    """The last status that was not well, of those that updates gave to its first component.
    Where no update gave any, whoever wrote of it still calls it a disruption."""
    severities = (nobl9_status(status) for status in reversed(statuses))
    return next(
        (one for one in severities if one is not Nobl9Status.OPERATIONAL),
        Nobl9Status.DEGRADED_PERFORMANCE,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """A disruption as the history of a component counts it."""

    started_at: Moment
    severity: Nobl9Status


@dataclass(frozen=True, slots=True)
class DayCount:
    date: str
    degraded: int
    major: int

    @property
    def total(self) -> int:
        return self.degraded + self.major


def day_of(moment: Moment) -> str:
    return as_datetime(moment).date().isoformat()


def count_days(past: Iterable[Past], now: Moment) -> list[DayCount]:
    """The days of the last ninety on which a disruption began, the newest first."""
    after = now - HISTORY_DAYS * DAY
    counted = Counter(
        (day_of(one.started_at), one.severity) for one in past if one.started_at > after
    )
    days = sorted({day for day, _ in counted}, reverse=True)
    return [
        DayCount(
            day,
            counted[day, Nobl9Status.DEGRADED_PERFORMANCE],
            counted[day, Nobl9Status.MAJOR_OUTAGE],
        )
        for day in days
    ]
