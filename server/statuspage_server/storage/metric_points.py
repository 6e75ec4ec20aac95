"""The newest points of a page's metrics."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from statuspage_server.core.moments import Moment
from statuspage_server.storage.schema import metric_points, metrics

# A page that shows more graphs than this is read by nobody.
MOST_METRICS = 30


def read_metrics(
    connection: Connection, page_id: str, start: Moment, end: Moment
) -> tuple[Sequence[Row[Any]], dict[str, list[tuple[Moment, float]]]]:
    rows = connection.execute(
        select(metrics)
        .where(metrics.c.page_id == page_id)
        .order_by(metrics.c.created_at, metrics.c.id)
        .limit(MOST_METRICS)
    ).all()
    points: dict[str, list[tuple[Moment, float]]] = {row.id: [] for row in rows}
    if rows:
        for point in connection.execute(
            select(metric_points)
            .where(
                metric_points.c.metric_id.in_(points),
                metric_points.c.at >= start,
                metric_points.c.at <= end,
            )
            .order_by(metric_points.c.at)
        ):
            points[point.metric_id].append((point.at, point.value))
    return rows, points
