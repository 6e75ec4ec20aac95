"""Uptime of one component by month, as calendars, with what happened below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import get_day_names
from sqlalchemy import Row

from statuspage_server.core.daily_uptime import (
    Day,
    DayLevel,
    days_between,
    percentage,
    record_days,
)
from statuspage_server.core.uptime import Span
from statuspage_server.site.components import first_day_of
from statuspage_server.site.context import Context
from statuspage_server.site.history import Month
from statuspage_server.site.uptime import DayView, day_view, percent_text
from statuspage_server.storage.uptime import RelatedIncident

WEEK = 7


@dataclass(frozen=True, slots=True)
class CellView:
    number: str
    level: str
    title: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    name: str
    percent: str
    weeks: tuple[tuple[CellView | None, ...], ...]
    """Days before the first and after the last are None, and so are days to come."""
    happened: tuple[DayView, ...]


def calendar_views(
    months: Sequence[Month],
    component: Row[Any],
    spans: Sequence[Span],
    related: Sequence[RelatedIncident],
    context: Context,
) -> tuple[CalendarView, ...]:
    """Oldest first, as time goes."""
    first_day = first_day_of(component, context)
    return tuple(
        _calendar(
            days_between(month.first, month.last, context.zone), spans, related, first_day, context
        )
        for month in reversed(months)
    )


def _calendar(
    days: Sequence[Day],
    spans: Sequence[Span],
    related: Sequence[RelatedIncident],
    first_day: date,
    context: Context,
) -> CalendarView:
    gone = [day for day in days if day.start <= context.now]
    records = record_days(spans, gone, context.now, first_day)
    views = [
        day_view(place, day, record, related, context)
        for place, (day, record) in enumerate(zip(gone, records, strict=True))
    ]
    cells = [_cell(day, view, context) for day, view in zip(gone, views, strict=True)]
    share = percentage(records, gone, context.now)
    return CalendarView(
        name=context.language.month(days[0].date),
        percent=percent_text(share, context.language),
        weeks=_weeks(cells, days[0].date.weekday()),
        happened=tuple(
            view
            for view in reversed(views)
            if view.level not in {DayLevel.OPERATIONAL, DayLevel.NO_DATA}
        ),
    )


def _cell(day: Day, view: DayView, context: Context) -> CellView:
    if view.level == DayLevel.NO_DATA:
        what = context.language.text("No data")
    else:
        what = ", ".join(view.what) or context.language.text("No downtime")
    return CellView(str(day.date.day), view.level, f"{view.date}: {what}")


def _weeks(cells: Sequence[CellView], before: int) -> tuple[tuple[CellView | None, ...], ...]:
    places: list[CellView | None] = [*[None] * before, *cells]
    places += [None] * (-len(places) % WEEK)
    return tuple(tuple(places[n : n + WEEK]) for n in range(0, len(places), WEEK))


def weekday_names(context: Context) -> tuple[str, ...]:
    names = get_day_names("abbreviated", locale=context.language.code)
    return tuple(str(names[number]) for number in range(WEEK))
