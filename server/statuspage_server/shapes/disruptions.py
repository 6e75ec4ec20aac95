"""Disruptions as version 2 of the Nobl9 API shows them, and as incidents of version 1."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.author import Source
from statuspage_server.core.disruption import (
    HISTORY_DAYS,
    Past,
    count_days,
    day_of,
    severity_of,
)
from statuspage_server.core.moments import MINUTE, SECOND, Moment, milliseconds
from statuspage_server.core.nobl9_status import Nobl9Status, nobl9_status
from statuspage_server.storage.incidents import FullIncident

type Reports = Mapping[str, Sequence[Moment]]
"""When each component was reported, in order."""

# Of an update from before authors were noted.
UNKNOWN = "unknown"
# The reports that led to a disruption came before it began.
BEFORE = 5 * MINUTE


def author_columns(row: Row[Any]) -> dict[str, str]:
    return {"changedBy": row.author or UNKNOWN, "source": row.source or Source.MANUAL}


def _given(incident: FullIncident, component_id: str) -> list[tuple[Row[Any], dict[str, Any]]]:
    """The updates that named the component, the oldest first, with what they said of it."""
    return [
        (update, entry)
        for update in reversed(incident.updates)
        for entry in update.affected_components or ()
        if entry.get("code") == component_id
    ]


def severity(incident: FullIncident, component_id: str | None = None) -> Nobl9Status:
    of = component_id or incident.components[0].id
    return severity_of([entry.get("new_status") or "" for _, entry in _given(incident, of)])


def shape_disruption(incident: FullIncident) -> dict[str, Any]:
    row, origin = incident.row, incident.components[0]
    first = incident.updates[-1] if incident.updates else None
    return {
        "id": row.id,
        "title": row.name,
        "severity": severity(incident),
        "source": (first.source if first else None) or Source.MANUAL,
        "isCleared": row.status == "resolved",
        "originComponent": _reference(origin),
        "affectedComponents": [_reference(one) for one in incident.components],
        "startTime": milliseconds(row.started_at),
        "endTime": milliseconds(row.resolved_at),
        "history": _history(incident, origin.id),
        "createdBy": (first.author if first else None) or UNKNOWN,
        "createdAt": milliseconds(row.created_at),
        "metadata": row.metadata,
    }


def _reference(component: Row[Any]) -> dict[str, Any]:
    return {"id": component.id, "name": component.name}


def _history(incident: FullIncident, component_id: str) -> list[dict[str, Any]]:
    """Each change of its first component's status, the oldest first."""
    steps = [
        (update, nobl9_status(entry.get("old_status")), nobl9_status(entry.get("new_status")))
        for update, entry in _given(incident, component_id)
    ]
    return [
        {
            "id": update.id,
            "previousStatus": before,
            "newStatus": after,
            "changedAt": milliseconds(update.display_at),
            "comment": update.body,
            **author_columns(update),
        }
        for update, before, after in steps
        if before is not after
    ]


def shape_impacting(
    incident: FullIncident, component_ids: Sequence[str], reports: Reports, now: Moment
) -> dict[str, Any]:
    """As a component shows the one that impacts it. `id` and what follows is of version 2."""
    row, origin = incident.row, incident.components[0]
    mine = next((one.id for one in incident.components if one.id in component_ids), None)
    return {
        "startedAt": milliseconds(row.started_at),
        "severity": severity(incident, mine),
        "issueCount": count_issues(incident, reports, now),
        "duration": _duration(row, now),
        "id": row.id,
        "title": row.name,
        "originComponent": _reference(origin),
        "comment": incident.updates[-1].body if incident.updates else "",
    }


def count_issues(incident: FullIncident, reports: Reports, now: Moment) -> int:
    """Of its components, from shortly before it began until its end."""
    first, last = incident.row.started_at - BEFORE, incident.row.resolved_at or now
    return sum(
        bisect_right(times, last) - bisect_left(times, first)
        for one in incident.components
        for times in [reports.get(one.id, ())]
    )


def _duration(row: Row[Any], now: Moment) -> int:
    lasted: Moment = (row.resolved_at or now) - row.started_at
    return max(0, lasted) // SECOND


def shape_history(found: Sequence[FullIncident], now: Moment) -> dict[str, Any]:
    """The days of the last ninety on which a disruption began."""
    days = count_days((Past(one.row.started_at, severity(one)) for one in found), now)
    total = sum(day.total for day in days)
    return {
        "days": [
            {
                "date": day.date,
                "disruptions": day.total,
                "degradedPerformanceCount": day.degraded,
                "majorOutageCount": day.major,
            }
            for day in days
        ],
        "summary": {
            "total": total,
            "avgPerDay": round(total / HISTORY_DAYS, 4),
            "daysWithDisruptions": len(days),
        },
    }


def shape_incident(incident: FullIncident, reports: Reports, now: Moment) -> dict[str, Any]:
    """Version 1 calls it an incident, of its first component."""
    row, origin = incident.row, incident.components[0]
    over = row.status == "resolved"
    return {
        "id": row.id,
        "componentId": origin.id,
        "componentName": origin.name,
        "severity": severity(incident),
        "status": "resolved" if over else "ongoing",
        "startedAt": milliseconds(row.started_at),
        "endedAt": milliseconds(row.resolved_at),
        "duration": _duration(row, now),
        "startComment": incident.updates[-1].body if incident.updates else None,
        "endComment": incident.updates[0].body if over and incident.updates else None,
        "issueCount": count_issues(incident, reports, now),
    }


def by_day(
    found: Sequence[FullIncident], shapes: Sequence[dict[str, Any]], name: str
) -> dict[str, Any]:
    """Grouped by the day on which they began, in UTC, the newest first."""
    days: dict[str, list[dict[str, Any]]] = {}
    for incident, shape in zip(found, shapes, strict=True):
        days.setdefault(day_of(incident.row.started_at), []).append(shape)
    return {
        "days": [
            {"date": day, "count": len(days[day]), name: days[day]}
            for day in sorted(days, reverse=True)
        ]
    }
