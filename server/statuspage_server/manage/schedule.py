"""Maintenances that begin, end and remind on their own when asked to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select, update

from statuspage_server.core.author import SCHEDULE
from statuspage_server.core.incident_plan import IncidentRequest
from statuspage_server.core.moments import HOUR, Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.manage.incidents import change_incident
from statuspage_server.outbox.announce import announce_incident
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.schema import incident_components, incidents

REMINDED_BEFORE = HOUR

BEGINS = "The maintenance has begun."
ENDS = "The maintenance is complete."

_table = incidents.c


def _to_begin(now: Moment) -> ColumnElement[bool]:
    return (
        (_table.status == "scheduled")
        & _table.scheduled_auto_in_progress
        & (_table.scheduled_for <= now)
    )


def _to_end(now: Moment) -> ColumnElement[bool]:
    return (
        _table.status.in_(["in_progress", "verifying"])
        & _table.scheduled_auto_completed
        & (_table.scheduled_until <= now)
    )


def _to_remind(now: Moment) -> ColumnElement[bool]:
    """Within the hour before, unless it was planned so late that its announcement was enough."""
    return (
        (_table.status == "scheduled")
        & _table.scheduled_remind_prior
        & _table.scheduled_reminded_at.is_(None)
        & (_table.scheduled_for > now)
        & (_table.scheduled_for <= now + REMINDED_BEFORE)
        & (_table.created_at <= _table.scheduled_for - REMINDED_BEFORE)
    )


def anything_due(connection: Connection, now: Moment) -> bool:
    due = or_(_to_begin(now), _to_end(now), _to_remind(now))
    return connection.execute(select(_table.id).where(due).limit(1)).first() is not None


def keep_schedule(connection: Connection, now: Moment) -> None:
    """In this order, so that one whose whole time has passed unnoticed begins and ends."""
    for row in _find(connection, _to_begin(now)):
        _begin(connection, row, now)
    for row in _find(connection, _to_end(now)):
        _end(connection, row, now)
    for row in _find(connection, _to_remind(now)):
        _remind(connection, row, now)


def _find(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return connection.execute(
        select(incidents).where(condition).order_by(_table.scheduled_for, _table.id)
    ).all()


def _begin(connection: Connection, row: Row[Any], now: Moment) -> None:
    status = ComponentStatus.UNDER_MAINTENANCE if row.auto_transition_to_maintenance_state else None
    request = IncidentRequest(
        status="in_progress",
        body=BEGINS,
        statuses=_statuses(connection, row, status),
        deliver_notifications=row.auto_transition_deliver_notifications_at_start is not False,
        author=SCHEDULE,
    )
    change_incident(connection, row.page_id, row.id, request, now)


def _end(connection: Connection, row: Row[Any], now: Moment) -> None:
    status = ComponentStatus.OPERATIONAL if row.auto_transition_to_operational_state else None
    request = IncidentRequest(
        status="completed",
        body=ENDS,
        statuses=_statuses(connection, row, status),
        deliver_notifications=row.auto_transition_deliver_notifications_at_end is not False,
        author=SCHEDULE,
    )
    change_incident(connection, row.page_id, row.id, request, now)


def _statuses(
    connection: Connection, row: Row[Any], status: ComponentStatus | None
) -> dict[str, str]:
    if status is None:
        return {}
    ids = connection.execute(
        select(incident_components.c.component_id).where(
            incident_components.c.incident_id == row.id
        )
    ).scalars()
    return dict.fromkeys(ids, status)


def _remind(connection: Connection, row: Row[Any], now: Moment) -> None:
    connection.execute(
        update(incidents)
        .where(_table.id == row.id)
        .values(scheduled_reminded_at=now, updated_at=now)
    )
    announce_incident(connection, row.page_id, row.id, now)
    touch_page(connection, row.page_id, now)
