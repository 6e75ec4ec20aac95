"""The record of status changes, read for a range of time and no further."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.core.uptime import Span
from statuspage_server.storage.schema import (
    components,
    incident_components,
    incidents,
    status_changes,
)


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


def read_page_spans(
    connection: Connection, page_id: str, start: Moment, end: Moment
) -> dict[str, list[Span]]:
    """The same for every component of a page at once."""
    mine = status_changes.c.component_id == components.c.id
    held = (
        select(status_changes.c.new_status)
        .where(mine, status_changes.c.at <= start)
        .order_by(status_changes.c.at.desc(), status_changes.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    at_first = connection.execute(
        select(components.c.id, held.label("status")).where(components.c.page_id == page_id)
    )
    spans = {
        component_id: [Span(start, status or ComponentStatus.OPERATIONAL)]
        for component_id, status in at_first
    }
    changes = connection.execute(
        select(status_changes.c.component_id, status_changes.c.at, status_changes.c.new_status)
        .join(components, mine)
        .where(
            components.c.page_id == page_id, status_changes.c.at > start, status_changes.c.at < end
        )
        .order_by(status_changes.c.at, status_changes.c.id)
    )
    # Thousands of rows: taken apart as tuples, since attributes of rows are slow.
    for component_id, at, status in changes.fetchall():
        spans[component_id].append(Span(at, status))
    return spans


@dataclass(frozen=True, slots=True)
class RelatedIncident:
    id: str
    name: str
    start: Moment
    end: Moment | None


def read_related(
    connection: Connection,
    page_id: str,
    start: Moment,
    end: Moment,
    component_id: str | None = None,
) -> dict[str, list[RelatedIncident]]:
    """The incidents and maintenances of each component that were under way in that time."""
    wanted = [incident_components.c.component_id == component_id] if component_id else []
    rows = connection.execute(
        select(
            incident_components.c.component_id,
            incidents.c.id,
            incidents.c.name,
            incidents.c.started_at,
            incidents.c.resolved_at,
        )
        .join(incident_components, incident_components.c.incident_id == incidents.c.id)
        .where(
            *wanted,
            incidents.c.page_id == page_id,
            incidents.c.started_at <= end,
            or_(incidents.c.resolved_at.is_(None), incidents.c.resolved_at >= start),
        )
        .order_by(incidents.c.started_at, incidents.c.id)
    )
    related: dict[str, list[RelatedIncident]] = {}
    for row in rows:
        related.setdefault(row.component_id, []).append(
            RelatedIncident(row.id, row.name, row.started_at, row.resolved_at)
        )
    return related
