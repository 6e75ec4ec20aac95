"""Metrics as small graphs: one line for the last day, drawn in a box of fixed size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.moments import DAY, Moment
from statuspage_server.site.context import Context

WIDTH, HEIGHT = 600, 80
STEPS = 144  # ten minutes each

type Point = tuple[Moment, float]


@dataclass(frozen=True, slots=True)
class MetricView:
    name: str
    description: str | None
    newest: str
    lowest: str
    highest: str
    line: str
    """The points of an SVG polyline."""


def metric_views(
    metrics: Sequence[Row[Any]], points: Mapping[str, Sequence[Point]], context: Context
) -> tuple[MetricView, ...]:
    return tuple(
        _view(row, points[row.id], context)
        for row in metrics
        if row.settings.get("display", True) and points.get(row.id)
    )


def _view(row: Row[Any], points: Sequence[Point], context: Context) -> MetricView:
    places = int(row.settings.get("decimal_places") or 0)
    suffix = row.settings.get("suffix") or ""
    low, high = min(value for _, value in points), max(value for _, value in points)

    def shown(value: float) -> str:
        return f"{context.language.number(value, min(places, 6))}{suffix and ' '}{suffix}"

    return MetricView(
        name=row.name,
        description=row.settings.get("tooltip_description") or None,
        newest=shown(points[-1][1]),
        lowest=shown(low),
        highest=shown(high),
        line=_line(_thinned(points, context.now), context.now, _bounds(row, low, high)),
    )


def _bounds(row: Row[Any], low: float, high: float) -> tuple[float, float]:
    bottom, top = row.settings.get("y_axis_min"), row.settings.get("y_axis_max")
    bottom = low if bottom is None else min(bottom, low)
    top = high if top is None else max(top, high)
    return (bottom, top) if top > bottom else (bottom - 1, bottom + 1)


def _thinned(points: Sequence[Point], now: Moment) -> list[Point]:
    """At most one for each step: the mean of those that fall into it."""
    steps: dict[int, list[Point]] = {}
    for point in points:
        steps.setdefault((point[0] - now + DAY) * STEPS // DAY, []).append(point)
    return [
        (found[-1][0], sum(value for _, value in found) / len(found)) for found in steps.values()
    ]


def _line(points: Sequence[Point], now: Moment, bounds: tuple[float, float]) -> str:
    bottom, top = bounds
    return " ".join(
        f"{(at - now + DAY) / DAY * WIDTH:.1f},{(top - value) / (top - bottom) * HEIGHT:.1f}"
        for at, value in points
    )
