"""The past: the last days one by one, and months of incidents."""

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from statuspage_server.core.daily_uptime import days_between
from statuspage_server.core.moments import Moment
from statuspage_server.site.context import Context, local_date
from statuspage_server.site.incidents import IncidentView, incident_view
from statuspage_server.storage.incidents import FullIncident

MONTHS_PER_PAGE = 3
# The vendor shows today and the fourteen days before it.
PAST_DAYS = 15
MOST_PER_DAY = 5


@dataclass(frozen=True, slots=True)
class PastDay:
    date: str
    incidents: tuple[IncidentView, ...]
    more: int
    """So many more are in the history alone."""
    note: str | None


@dataclass(frozen=True, slots=True)
class MonthView:
    name: str
    incidents: tuple[IncidentView, ...]


@dataclass(frozen=True, slots=True)
class Month:
    first: date

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    def bounds(self, zone: ZoneInfo) -> tuple[Moment, Moment]:
        days = days_between(self.first, self.last, zone)
        return days[0].start, days[-1].end


def months_of_page(number: int, today: date) -> list[Month]:
    """Newest first: page 1 begins with this month."""
    month = today.year * 12 + today.month - 1 - (number - 1) * MONTHS_PER_PAGE
    firsts = (divmod(month - n, 12) for n in range(MONTHS_PER_PAGE))
    return [Month(date(year, index + 1, 1)) for year, index in firsts]


@dataclass(frozen=True, slots=True)
class Past:
    """What ended in the last days: how many on each, and those of them that are shown."""

    counts: Mapping[date, int]
    shown: Sequence[FullIncident]


def newest_of_each_day(rows: Iterable[Row[Any]], zone: ZoneInfo) -> tuple[Counter[date], list[Any]]:
    """From rows in order, the newest first."""
    counts: Counter[date] = Counter()
    shown = []
    for row in rows:
        day = local_date(row.resolved_at, zone)
        counts[day] += 1
        if counts[day] <= MOST_PER_DAY:
            shown.append(row)
    return counts, shown


def past_days(past: Past, open_days: Iterable[date], context: Context) -> tuple[PastDay, ...]:
    """A day on which something began that is not over yet has no note: nothing is untrue."""
    by_day: dict[date, list[IncidentView]] = {}
    for incident in past.shown:
        day = context.date(incident.row.resolved_at)
        by_day.setdefault(day, []).append(incident_view(incident, context))
    disturbed, today, language = set(open_days), context.date(context.now), context.language
    days = []
    for number in range(PAST_DAYS):
        day = today - timedelta(days=number)
        found = tuple(by_day.get(day, ()))
        quiet = (
            language.text("No incidents reported.")
            if number
            else language.text("No incidents reported today.")
        )
        note = None if found or day in disturbed else quiet
        more = past.counts.get(day, 0) - len(found)
        days.append(PastDay(language.day(day), found, more, note))
    return tuple(days)


def month_views(
    months: Sequence[Month], ended: Iterable[FullIncident], context: Context
) -> tuple[MonthView, ...]:
    views: dict[date, list[IncidentView]] = {month.first: [] for month in months}
    for incident in ended:
        first = context.date(incident.row.resolved_at).replace(day=1)
        if first in views:
            views[first].append(incident_view(incident, context))
    return tuple(
        MonthView(context.language.month(first), tuple(found)) for first, found in views.items()
    )
