"""What each day was like for a component, from the record of its status changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from statuspage_server.core.moments import HOUR, MINUTE, Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.core.uptime import PARTIAL_WEIGHT, Span

# The vendor's colours change with the time that was lost: fitted to its pages, the darker ones
# begin at 20 minutes and at an hour.
NOTICEABLE = 20 * MINUTE
LONG = HOUR


class DayLevel(StrEnum):
    """A day in one word. The names are those of the statuses whose shape and colour they share."""

    NO_DATA = "no_data"
    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    start: Moment
    end: Moment


@dataclass(frozen=True, slots=True)
class DayRecord:
    """Milliseconds of each status that is not well."""

    major: int = 0
    partial: int = 0
    degraded: int = 0
    maintenance: int = 0
    known: bool = True

    @property
    def lost(self) -> float:
        return self.major + PARTIAL_WEIGHT * self.partial

    @property
    def level(self) -> DayLevel:
        if not self.known:
            return DayLevel.NO_DATA
        if self.lost >= LONG:
            return DayLevel.MAJOR_OUTAGE
        if self.lost >= NOTICEABLE:
            return DayLevel.PARTIAL_OUTAGE
        if self.lost or self.degraded:
            return DayLevel.DEGRADED_PERFORMANCE
        return DayLevel.UNDER_MAINTENANCE if self.maintenance else DayLevel.OPERATIONAL


WELL = DayRecord()
UNKNOWN = DayRecord(known=False)


def last_days(count: int, now: Moment, zone: ZoneInfo) -> list[Day]:
    """The days that end with today, oldest first, each as long as it is in that zone."""
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date()
    return days_between(today - timedelta(days=count - 1), today, zone)


def days_between(first: date, last: date, zone: ZoneInfo) -> list[Day]:
    dates = [first + timedelta(days=n) for n in range((last - first).days + 2)]
    starts = [round(datetime.combine(day, time(), zone).timestamp() * 1000) for day in dates]
    return [Day(*values) for values in zip(dates[:-1], starts[:-1], starts[1:], strict=True)]


def record_days(
    spans: Sequence[Span], days: Sequence[Day], now: Moment, first_day: date | None = None
) -> list[DayRecord]:
    """`spans` in order, the first being what held when the first day began."""
    lost: list[dict[str, int]] = [{} for _ in days]
    ends = [*(span.at for span in spans[1:]), now]
    for span, end in zip(spans, ends, strict=True):
        if span.status == ComponentStatus.OPERATIONAL:
            continue
        for number, day in enumerate(days):
            lasted = min(end, day.end, now) - max(span.at, day.start)
            if lasted > 0:
                lost[number][span.status] = lost[number].get(span.status, 0) + lasted
    return [
        UNKNOWN
        if first_day is not None and day.date < first_day
        else _record(of_day)
        if of_day
        else WELL
        for day, of_day in zip(days, lost, strict=True)
    ]


def _record(lost: Mapping[str, int]) -> DayRecord:
    return DayRecord(
        major=lost.get(ComponentStatus.MAJOR_OUTAGE, 0),
        partial=lost.get(ComponentStatus.PARTIAL_OUTAGE, 0),
        degraded=lost.get(ComponentStatus.DEGRADED_PERFORMANCE, 0),
        maintenance=lost.get(ComponentStatus.UNDER_MAINTENANCE, 0),
    )


def percentage(records: Iterable[DayRecord], days: Iterable[Day], now: Moment) -> float | None:
    """Of the days that are known, today only as far as it has gone. None where none is."""
    lost, total = 0.0, 0
    for record, day in zip(records, days, strict=True):
        if record.known:
            lost += record.lost
            total += max(0, min(day.end, now) - day.start)
    return 100 * (1 - lost / total) if total else None


def mean(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) / len(known) if known else None
