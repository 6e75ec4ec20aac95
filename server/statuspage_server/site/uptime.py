"""Ninety days of a component as bars, each exceptional day with what happened on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from statuspage_server.core.daily_uptime import (
    WELL,
    Day,
    DayRecord,
    percentage,
    record_days,
)
from statuspage_server.core.uptime import Span
from statuspage_server.languages import Language
from statuspage_server.site.context import Context, LinkView
from statuspage_server.storage.uptime import RelatedIncident

WIDTH, PITCH = 3, 5


@dataclass(frozen=True, slots=True)
class DayView:
    place: int
    x: int
    level: str
    date: str = ""
    what: tuple[str, ...] = ()
    incidents: tuple[LinkView, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.date}: {', '.join(self.what)}"


@dataclass(frozen=True, slots=True)
class UptimeView:
    percent: str
    share: float | None
    unknown_days: int
    """So many at the beginning are from before there was anything to record."""
    days: tuple[DayView, ...]
    """Those on which something happened."""
    label: str

    def marks(self, component_id: str) -> Markup:
        """The days without their texts, as they stand in the SVG: a page of hundreds of components
        may have fifty thousand, which a template takes a second for."""
        name = escape(component_id)
        found = "".join(
            f'<rect class="uptime-day component-{name} day-{day.place} d-{day.level}"'
            f' x="{day.x}"></rect>'
            for day in self.days
        )
        return Markup(found)  # noqa: S704 - places, levels, and a name that is escaped


@dataclass(frozen=True, slots=True)
class BarsView:
    """The outlines of a row of days, for SVG: known ones full, unknown ones as stubs."""

    known: str
    unknown: str


def bars_view(unknown: int, days: int) -> BarsView:
    return BarsView(
        known="".join(f"M{n * PITCH} 6h{WIDTH}v28h-{WIDTH}z" for n in range(unknown, days)),
        unknown="".join(f"M{n * PITCH} 28h{WIDTH}v6h-{WIDTH}z" for n in range(unknown)),
    )


def uptime_view(
    spans: Sequence[Span],
    related: Sequence[RelatedIncident],
    days: Sequence[Day],
    first_day: date | None,
    context: Context,
    *,
    detailed: bool,
) -> UptimeView:
    """Not detailed, days have their level alone, and no text."""
    records = record_days(spans, days, context.now, first_day)
    share = percentage(records, days, context.now)
    views = tuple(
        day_view(place, day, record, related, context)
        if detailed
        else DayView(place, place * PITCH, record.level)
        for place, (day, record) in enumerate(zip(days, records, strict=True))
        if record is not WELL and record.known
    )
    percent = percent_text(share, context.language)
    return UptimeView(
        percent=percent,
        share=share,
        unknown_days=sum(not record.known for record in records),
        days=views,
        label=_label(percent, len(days), len(views), context.language),
    )


def percent_text(share: float | None, language: Language) -> str:
    return language.text("No data") if share is None else language.percent(share)


def _label(percent: str, days: int, marked: int, language: Language) -> str:
    parts = [
        language.count("{n} day", "{n} days", days),
        language.text("{percent} uptime", percent=percent),
        language.count("{n} day with an event", "{n} days with an event", marked)
        if marked
        else language.text("no downtime recorded"),
    ]
    return ", ".join(parts)


def day_view(
    place: int, day: Day, record: DayRecord, related: Iterable[RelatedIncident], context: Context
) -> DayView:
    return DayView(
        place=place,
        x=place * PITCH,
        level=record.level,
        date=context.language.day(day.date),
        what=tuple(_what(record, context.language)),
        incidents=tuple(
            context.incident(one.id, one.name)
            for one in related
            if one.start < day.end and (one.end is None or one.end > day.start)
        ),
    )


def _what(record: DayRecord, language: Language) -> Iterable[str]:
    for word, lasted in (
        ("Major outage", record.major),
        ("Partial outage", record.partial),
        ("Degraded performance", record.degraded),
        ("Under maintenance", record.maintenance),
    ):
        if lasted:
            yield f"{language.text(word)} {language.duration(lasted)}"
