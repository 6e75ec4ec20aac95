"""Incidents as disruptions: those in real time that affect a component."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, or_, select

from statuspage_server.core.incident_plan import OVER
from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound
from statuspage_server.storage.incidents import FullIncident, complete
from statuspage_server.storage.plain_rows import plain_rows
from statuspage_server.storage.schema import IS_OPEN, incident_components, incidents

_table = incidents.c
_link = incident_components.c


class DisruptionState(StrEnum):
    IMPACTING = "impacting"
    CLEARED = "cleared"


def _affects(component_ids: Collection[str] | None = None) -> ColumnElement[bool]:
    linked = exists().where(_link.incident_id == _table.id)
    return linked if component_ids is None else linked.where(_link.component_id.in_(component_ids))


_BY_STATE: dict[DisruptionState | None, tuple[ColumnElement[bool], ...]] = {
    None: (),
    DisruptionState.IMPACTING: (IS_OPEN,),
    DisruptionState.CLEARED: (_table.status.in_(sorted(OVER)),),
}


def _conditions(
    page_id: str, state: DisruptionState | None, component_ids: Collection[str] | None
) -> tuple[ColumnElement[bool], ...]:
    mine = (_table.page_id == page_id, _table.scheduled.is_(False), _affects(component_ids))
    return (*mine, *_BY_STATE[state])


def list_disruptions(
    connection: Connection,
    page_id: str,
    part: Slice,
    state: DisruptionState | None = None,
    component_ids: Collection[str] | None = None,
) -> list[FullIncident]:
    """Newest first."""
    rows = connection.execute(
        select(incidents)
        .where(*_conditions(page_id, state, component_ids))
        .order_by(_table.created_at.desc(), _table.id.desc())
        .offset(part.offset)
        .limit(part.limit)
    )
    return complete(connection, plain_rows(rows))


def count_disruptions(
    connection: Connection,
    page_id: str,
    state: DisruptionState | None = None,
    component_ids: Collection[str] | None = None,
) -> int:
    conditions = _conditions(page_id, state, component_ids)
    return connection.execute(
        select(func.count()).select_from(incidents).where(*conditions)
    ).scalar_one()


def recent_disruptions(
    connection: Connection,
    page_id: str,
    since: Moment,
    state: DisruptionState | None = None,
    component_ids: Collection[str] | None = None,
) -> list[FullIncident]:
    """All that began since then or are not over, newest first."""
    rows = connection.execute(
        select(incidents)
        .where(*_conditions(page_id, state, component_ids), or_(_table.created_at > since, IS_OPEN))
        .order_by(_table.created_at.desc(), _table.id.desc())
    )
    return complete(connection, plain_rows(rows))


def find_disruption(connection: Connection, page_id: str, incident_id: str) -> FullIncident:
    rows = connection.execute(
        select(incidents).where(_table.id == incident_id, *_conditions(page_id, None, None))
    ).all()
    if not rows:
        raise NotFound(f"There is no disruption {incident_id[:40]}")
    return complete(connection, rows)[0]


def impacting_disruption(connection: Connection, component_id: str) -> Row[Any] | None:
    """The newest that is open and affects the component."""
    return connection.execute(
        select(incidents)
        .join(incident_components, _link.incident_id == _table.id)
        .where(_link.component_id == component_id, _table.scheduled.is_(False), IS_OPEN)
        .order_by(_table.created_at.desc(), _table.id.desc())
        .limit(1)
    ).first()


def last_cleared(connection: Connection, component_id: str) -> Moment | None:
    """When the last disruption of the component ended."""
    return connection.execute(
        select(func.max(_table.resolved_at))
        .join(incident_components, _link.incident_id == _table.id)
        .where(_link.component_id == component_id, _table.scheduled.is_(False))
    ).scalar()


def impacted_components(found: Sequence[FullIncident]) -> dict[str, FullIncident]:
    """Each component with its impacting disruption, of a list that is newest first."""
    impacted: dict[str, FullIncident] = {}
    for incident in found:
        if incident.row.status not in OVER:
            for component in incident.components:
                impacted.setdefault(component.id, incident)
    return impacted
