"""Lines over time: how many entities, or a measure of their properties."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from port_sandbox.core import timestamps
from port_sandbox.core.aggregation import MEASURES
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.core.time_series import ceiling, sorted_in, starts
from port_sandbox.page.cells import definitions, written_number
from port_sandbox.page.widgets.readings import Readings
from port_sandbox.page.widgets.slices import EMPTY, PALETTE, colors_of

STEP, HEIGHT, LABELS = 20, 100, 6
FUNCTIONS: dict[str, Callable[[Sequence[float]], float]] = {**MEASURES, "sum": sum}


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Series:
    """One line; `points` are those of an SVG polyline."""

    name: str
    color: str
    values: tuple[float, ...]
    points: str
    dots: tuple[Dot, ...]

    @property
    def total(self) -> float:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Lines:
    """What is shown."""

    series: tuple[Series, ...]
    # Written below the lines, empty where there is no room, and beside them from the top down.
    days: tuple[str, ...]
    begins: tuple[str, ...]
    scale: tuple[str, ...]
    width: int
    height: int
    x_title: str
    y_title: str
    look: str = "lines"


def lines(widget: Document, readings: Readings) -> Lines:
    preset = (widget.get("timeRange") or {}).get("preset", "lastMonth")
    first, last = timestamps.range_of({"preset": preset}, readings.now)
    begins = starts(first, last, str(widget.get("timeInterval", "day")))
    found = readings.matching(widget["blueprint"], widget.get("dataset"))
    dated = [
        (moment, one)
        for one in found
        if (moment := _moment(one, widget, readings)) and first <= moment <= last
    ]
    raw = _measured(widget, readings, dated, begins)
    colors = colors_of(
        definitions(readings.blueprint(widget["blueprint"])).get(
            str(widget.get("breakdownProperty")), {}
        )
    )
    top = ceiling(max((value for values in raw.values() for value in values), default=0))
    written = "%d %b %H:%M" if widget.get("timeInterval") == "hour" else "%d %b"
    days = [one.strftime(written) for one in begins]
    free = iter(PALETTE * 40)
    series = [
        _series(name, colors.get(name) or next(free), values, top, days)
        for name, values in raw.items()
    ]
    return Lines(
        series=tuple(series),
        days=tuple(
            day if place % max(1, -(-len(days) // LABELS)) == 0 else ""
            for place, day in enumerate(days)
        ),
        begins=tuple(days),
        scale=tuple(written_number(one) for one in (top, top / 2, 0)),
        width=max(1, len(begins) - 1) * STEP,
        height=HEIGHT,
        x_title=str(widget.get("xAxisTitle") or ""),
        y_title=str(widget.get("yAxisTitle") or ""),
    )


def _measured(
    widget: Document,
    readings: Readings,
    dated: list[tuple[datetime, Entity]],
    begins: list[datetime],
) -> dict[str, list[float]]:
    """Return the values of each line."""
    if widget["chartType"] == "aggregatePropertiesValues":
        measure = FUNCTIONS[widget["func"]]
        return {
            name: [
                measure(numbers) if (numbers := _numbers(held, name, readings)) else 0
                for held in sorted_in(dated, begins)
            ]
            for name in widget["properties"]
        }
    by = widget.get("breakdownProperty")
    parts: dict[str, list[tuple[datetime, Entity]]] = {} if by else {"all": dated}
    if by:
        blueprint = readings.blueprint(widget["blueprint"])
        known = definitions(blueprint).get(by, {}).get("enum") or ()
        parts = {str(one): [] for one in known}
        for moment, one in dated:
            value: Any = readings.value(one, by)
            parts.setdefault(EMPTY if value is None else str(value), []).append((moment, one))
    return {
        name: [float(len(held)) for held in sorted_in(part, begins)]
        for name, part in parts.items()
        if part or not by
    }


def _moment(entity: Entity, widget: Document, readings: Readings) -> datetime | None:
    return timestamps.parsed(readings.value(entity, widget.get("measureTimeBy") or "$createdAt"))


def _numbers(held: list[Entity], name: str, readings: Readings) -> list[float]:
    values = [readings.value(one, name) for one in held]
    return [one for one in values if isinstance(one, int | float) and not isinstance(one, bool)]


def _series(name: str, color: str, values: list[float], top: float, days: Sequence[str]) -> Series:
    places = [
        (place * STEP, round(HEIGHT * (1 - value / top), 2)) for place, value in enumerate(values)
    ]
    dots = [
        Dot(x, y, f"{day}: {written_number(round(value, 2))} {name}")
        for (x, y), value, day in zip(places, values, days, strict=True)
        if value
    ]
    points = " ".join(f"{x},{y}" for x, y in places)
    return Series(name, color, tuple(values), points, tuple(dots))
