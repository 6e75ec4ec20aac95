"""What each day was like for a component, from the record of its status changes."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from statuspage_server.core.moments import HOUR, MINUTE, Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.core.uptime import PARTIAL_WEIGHT, Span, ends_of

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
        lost = self.lost
        if lost >= LONG:
            return DayLevel.MAJOR_OUTAGE
        if lost >= NOTICEABLE:
            return DayLevel.PARTIAL_OUTAGE
        if lost or self.degraded:
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
    """`spans` in order, the first being what held when the first day began.

    A page has hundreds of components that were well on nearly every day: nothing is counted there.
    """
    lost: dict[int, dict[str, int]] = {}
    starts = [day.start for day in days]
    for span, end in zip(spans, ends_of(spans, now), strict=True):
        if span.status == ComponentStatus.OPERATIONAL:
            continue
        for number in range(max(0, bisect_right(starts, span.at) - 1), len(days)):
            day = days[number]
            if day.start >= end:
                break
            lasted = min(end, day.end, now) - max(span.at, day.start)
            if lasted > 0:
                of_day = lost.setdefault(number, {})
                of_day[span.status] = of_day.get(span.status, 0) + lasted
    records = [WELL] * len(days)
    for number, of_day in lost.items():
        records[number] = _record(of_day)
    unknown = 0 if first_day is None else sum(day.date < first_day for day in days)
    return [UNKNOWN] * unknown + records[unknown:]


def _record(lost: Mapping[str, int]) -> DayRecord:
    return DayRecord(
        major=lost.get(ComponentStatus.MAJOR_OUTAGE, 0),
        partial=lost.get(ComponentStatus.PARTIAL_OUTAGE, 0),
        degraded=lost.get(ComponentStatus.DEGRADED_PERFORMANCE, 0),
        maintenance=lost.get(ComponentStatus.UNDER_MAINTENANCE, 0),
    )


def percentage(records: Sequence[DayRecord], days: Sequence[Day], now: Moment) -> float | None:
    """Of the days that are known, today only as far as it has gone. None where none is."""
    known = [day for day, record in zip(days, records, strict=True) if record.known]
    total = min(known[-1].end, now) - known[0].start if known else 0
    if total <= 0:
        return None
    lost = sum(record.lost for record in records if record is not WELL)
    return 100 * (1 - lost / total)


def mean(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) / len(known) if known else None
