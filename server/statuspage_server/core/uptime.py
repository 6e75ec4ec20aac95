"""Uptime over a range of days, from the record of status changes."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.errors import Unprocessable

DEFAULT_DAYS = 90
LONGEST_MONTHS = 6
EARLIEST = date(1970, 1, 1)

# The vendor counts a partial outage as three tenths of a major one.
PARTIAL_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class DayRange:
    start: date
    end: date
    warnings: list[str] = field(default_factory=list)

    def moments(self, zone: ZoneInfo, now: Moment) -> tuple[Moment, Moment]:
        """From the first moment of the first day to the end of the last day, or now."""
        begin = datetime.combine(self.start, time(), zone)
        end = datetime.combine(self.end + timedelta(days=1), time(), zone)
        return round(begin.timestamp() * 1000), min(round(end.timestamp() * 1000), now)


def read_day(text: str | None) -> date | None:
    """A component's start_date, also as a timestamp; None for what is no date. Pages that were
    copied hold both."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def today(now: Moment, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date()


def day_range(start: str | None, end: str | None, first_day: date | None, now: date) -> DayRange:
    """What was asked for, brought into bounds; every change is told as a warning."""
    warnings: list[str] = []
    last = _partial(end, last=True, name="end") if end else now
    if last > now:
        last = now
        warnings.append("End date was adjusted to today. See range_end for the date used.")
    if start:
        first = _partial(start, last=False, name="start")
    else:
        first = max(last - timedelta(days=DEFAULT_DAYS), first_day or EARLIEST)
    if first_day and first < first_day <= last:
        first = first_day
        warnings.append(
            "Start date was adjusted to the component's start_date. See range_start for it."
        )
    if first > last:
        raise Unprocessable("start must not be after end")
    longest = _months_before(last, LONGEST_MONTHS)
    if first < longest:
        first = longest
        warnings.append("Start date was adjusted: a range has six months at most.")
    return DayRange(first, last, warnings)


def _partial(text: str, *, last: bool, name: str) -> date:
    """`2026`, `2026-03` or `2026-03-04`: a start means its first day, an end its last."""
    fault = Unprocessable(f"{name} must be a date such as 2026, 2026-03 or 2026-03-04")
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip(), re.ASCII)
    if match is None:
        raise fault
    try:
        year = int(match[1])
        month = int(match[2]) if match[2] else (12 if last else 1)
        whole = calendar.monthrange(year, month)[1] if last else 1
        found = date(year, month, int(match[3]) if match[3] else whole)
    except ValueError as error:
        raise fault from error
    if found < EARLIEST:
        raise Unprocessable(f"{name} must not be before {EARLIEST}")
    return found


def _months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Uptime:
    percentage: float
    major_outage: int
    partial_outage: int


@dataclass(frozen=True, slots=True)
class Span:
    """From `at` on, the component had this status."""

    at: Moment
    status: str


def measure(spans: Sequence[Span], start: Moment, end: Moment) -> Uptime:
    """`spans` in order, the first being what held at `start`."""
    down = {ComponentStatus.MAJOR_OUTAGE: 0, ComponentStatus.PARTIAL_OUTAGE: 0}
    for span, until in zip(spans, ends_of(spans, end), strict=True):
        lasted = min(until, end) - max(span.at, start)
        if lasted > 0 and span.status in down:
            down[ComponentStatus(span.status)] += lasted
    major, partial = down.values()
    total = end - start
    lost = (major + PARTIAL_WEIGHT * partial) / total if total > 0 else 0.0
    return Uptime(round(100 * (1 - lost), 4), major // 1000, partial // 1000)


def ends_of(spans: Sequence[Span], end: Moment) -> list[Moment]:
    return [*(span.at for span in spans[1:]), end][: len(spans)]


def together(parts: Iterable[Uptime]) -> Uptime:
    """A group's uptime: the mean of its members', and their outages added up."""
    known = list(parts)
    return Uptime(
        round(sum(part.percentage for part in known) / len(known), 4),
        sum(part.major_outage for part in known),
        sum(part.partial_outage for part in known),
    )
