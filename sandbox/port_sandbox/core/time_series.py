"""Moments and values, sorted into hours, days, weeks, months or quarters."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

MONTHS = {"month": 1, "quarter": 3}
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "isoWeek": timedelta(weeks=1)}
# Hours of a year would be a line that nobody can read.
MOST = 400


def starts(first: datetime, last: datetime, interval: str) -> list[datetime]:
    """Return when each interval from the first moment to the last begins, in UTC."""
    moment, found = _floor(first.astimezone(UTC), interval), list[datetime]()
    while moment <= last and len(found) < MOST:
        found.append(moment)
        moment = _next(moment, interval)
    return found


def sorted_in[Value](
    dated: Iterable[tuple[datetime, Value]], begins: Sequence[datetime]
) -> list[list[Value]]:
    """Return the values of each interval; what is older than the first is left out."""
    found: list[list[Value]] = [[] for _ in begins]
    for moment, value in dated:
        place = bisect_right(begins, moment) - 1
        if place >= 0:
            found[place].append(value)
    return found


def ceiling(highest: float) -> float:
    """Return a round number for the top of a scale."""
    top = 1.0
    steps: Sequence[Callable[[float], float]] = (
        lambda one: one * 2,
        lambda one: one * 2.5,
        lambda one: one * 2,
    )
    place = 0
    while top < highest:
        top = steps[place % 3](top)
        place += 1
    return max(top, 2.0)


def _floor(moment: datetime, interval: str) -> datetime:
    hour = moment.replace(minute=0, second=0, microsecond=0)
    if interval == "hour":
        return hour
    day = hour.replace(hour=0)
    if interval in MONTHS:
        return day.replace(day=1, month=moment.month - (moment.month - 1) % MONTHS[interval])
    return day - timedelta(days=day.weekday()) if interval == "isoWeek" else day


def _next(moment: datetime, interval: str) -> datetime:
    if interval not in MONTHS:
        return moment + STEPS.get(interval, STEPS["day"])
    months = moment.month - 1 + MONTHS[interval]
    return moment.replace(year=moment.year + months // 12, month=months % 12 + 1)
