"""The record of status changes, read for a range of time and no further."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.core.uptime import Span
from statuspage_server.storage.schema import incident_components, incidents, status_changes


def read_spans(connection: Connection, component_id: str, start: Moment, end: Moment) -> list[Span]:
    mine = status_changes.c.component_id == component_id
    before = connection.execute(
        select(status_changes.c.new_status)
        .where(mine, status_changes.c.at <= start)
        .order_by(status_changes.c.at.desc(), status_changes.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    rows = connection.execute(
        select(status_changes.c.at, status_changes.c.new_status)
        .where(mine, status_changes.c.at > start, status_changes.c.at < end)
        .order_by(status_changes.c.at, status_changes.c.id)
    )
    first = Span(start, before or ComponentStatus.OPERATIONAL)
    return [first, *(Span(row.at, row.new_status) for row in rows)]


def related_incidents(
    connection: Connection, component_id: str, start: Moment, end: Moment
) -> Sequence[str]:
    return list(
        connection.execute(
            select(incidents.c.id)
            .join(incident_components, incident_components.c.incident_id == incidents.c.id)
            .where(
                incident_components.c.component_id == component_id,
                incidents.c.started_at <= end,
                or_(incidents.c.resolved_at.is_(None), incidents.c.resolved_at >= start),
            )
            .order_by(incidents.c.created_at.desc(), incidents.c.id)
        ).scalars()
    )
