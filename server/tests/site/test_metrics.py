"""Graphs of metrics stay inside their box, and say what they show."""

from typing import Any

import pytest

from statuspage_server.core.moments import DAY, MINUTE
from statuspage_server.core.time_zones import zone_of
from statuspage_server.languages import language_of
from statuspage_server.site.context import Context
from statuspage_server.site.metrics import HEIGHT, STEPS, WIDTH, MetricView, metric_views

NOW = 1_772_600_000_000
CONTEXT = Context(language_of("en"), zone_of(None), NOW, "")


class Row:
    id, name = "m", "Response time"

    def __init__(self, **given: Any) -> None:
        self.settings = given


def view(points: list[tuple[int, float]], **given: Any) -> MetricView:
    (found,) = metric_views([Row(**given)], {"m": points}, CONTEXT)  # type: ignore[list-item]
    return found


def test_a_days_points_are_thinned_and_stay_inside() -> None:
    made = view([(NOW - DAY + n * MINUTE, float(n % 50)) for n in range(1441)], suffix="ms")
    points = [tuple(map(float, point.split(","))) for point in made.line.split()]
    assert len(points) <= STEPS + 1
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert (made.lowest, made.highest, made.newest) == ("0 ms", "49 ms", "40 ms")


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0])
def test_a_line_that_never_changes_runs_through_the_middle(value: float) -> None:
    made = view([(NOW - MINUTE, value), (NOW, value)])
    assert {point.split(",")[1] for point in made.line.split()} == {f"{HEIGHT / 2:.1f}"}


def test_what_is_not_to_be_shown_or_has_no_points_is_left_out() -> None:
    rows: Any = [Row(display=False)]
    assert metric_views(rows, {"m": [(NOW, 1.0)]}, CONTEXT) == ()
    assert metric_views([Row()], {"m": []}, CONTEXT) == ()  # type: ignore[list-item]
