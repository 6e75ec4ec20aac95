"""What was reported, as the issues of the Nobl9 API."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.moments import milliseconds
from statuspage_server.core.spikes import ReportSource


def shape_issue(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "componentId": row.component_id,
        "componentName": row.name,
        "occurredAt": milliseconds(row.at if row.occurred_at is None else row.occurred_at),
        "comment": row.message,
        "source": row.source,
        "requestedBy": row.requested_by,
        "url": row.url,
        "createdAt": milliseconds(row.at),
    }


_COUNTS = {
    ReportSource.USER: "userCount",
    ReportSource.EXTERNAL: "externalCount",
    ReportSource.INTERNAL: "internalCount",
}


def _counts(rows: Sequence[Row[Any]]) -> dict[str, int]:
    return {
        "total": sum(row.total for row in rows),
        **{
            name: sum(row.total for row in rows if row.source == source)
            for source, name in _COUNTS.items()
        },
        "lastHour": sum(row.hour for row in rows),
        "last24h": sum(row.day for row in rows),
        "last7d": sum(row.week for row in rows),
    }


def shape_summary(rows: Iterable[Row[Any]]) -> dict[str, Any]:
    """`rows` hold one component and source each, those of a component together."""
    listed = list(rows)
    components = []
    for component_id, group in groupby(listed, key=lambda row: row.component_id):
        mine = list(group)
        components.append(
            {
                "componentId": component_id,
                "componentName": mine[0].name,
                "counts": _counts(mine),
                "activeCounts": {"activeTotal": sum(row.active for row in mine)},
            }
        )
    return {"totalCounts": _counts(listed), "components": components}
