"""Reading incidents with what belongs to them, in a fixed number of queries for any list."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    select,
)

from statuspage_server.core.incident_plan import PLANNED, REALTIME
from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound
from statuspage_server.storage.plain_rows import plain_rows
from statuspage_server.storage.schema import (
    IS_OPEN,
    components,
    incident_components,
    incident_updates,
    incidents,
)
from statuspage_server.storage.search import mentions

# The manage API's scoped lists and the public API's, by name. Those of what is not over say so in
# the words of its index, or it would not be taken.
SCOPES: dict[str, ColumnElement[bool]] = {
    "unresolved": IS_OPEN & incidents.c.status.in_(REALTIME),
    "scheduled": IS_OPEN & incidents.c.status.in_(PLANNED),
    "upcoming": IS_OPEN & (incidents.c.status == "scheduled"),
    "active_maintenance": IS_OPEN & incidents.c.status.in_(["in_progress", "verifying"]),
    "realtime": incidents.c.scheduled.is_(False),
    "maintenance": incidents.c.scheduled.is_(True),
}


@dataclass(frozen=True, slots=True)
class FullIncident:
    """An incident's row with its updates, newest first, and the components it affects."""

    row: Row[Any]
    updates: Sequence[Row[Any]]
    components: Sequence[Row[Any]]


def _newest(page_id: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    return _in_order(incidents.c.page_id == page_id, *conditions)


def _in_order(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(incidents)
        .where(*conditions)
        .order_by(incidents.c.created_at.desc(), incidents.c.id.desc())
    )


def list_incidents(
    connection: Connection,
    page_id: str,
    part: Slice,
    *,
    scope: str | None = None,
    search: str | None = None,
) -> list[FullIncident]:
    scoped = [SCOPES[scope]] if scope else []
    if not search:
        return complete(connection, _read(connection, _newest(page_id, *scoped), part))
    rows: Sequence[Row[Any]] = ()
    for condition in mentions(connection, page_id, search):
        rows = _read(connection, _in_order(condition, *scoped), part)
        if len(rows) == part.limit:
            break
    return complete(connection, rows)


def _read(connection: Connection, statement: Select[Any], part: Slice) -> Sequence[Row[Any]]:
    return plain_rows(connection.execute(statement.offset(part.offset).limit(part.limit)))


def find_incident_row(connection: Connection, page_id: str, incident_id: str) -> Row[Any]:
    row = connection.execute(
        select(incidents).where(incidents.c.id == incident_id, incidents.c.page_id == page_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_incident(connection: Connection, page_id: str, incident_id: str) -> FullIncident:
    return complete(connection, [find_incident_row(connection, page_id, incident_id)])[0]


# Made once: a list of a hundred incidents spends more on building these than on running them.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_LINKS = incident_components.c.incident_id.in_(_IDS)
_updates_of = select(incident_updates).where(incident_updates.c.incident_id.in_(_IDS))
_links_of = (
    select(incident_components.c.incident_id, incident_components.c.component_id)
    .where(_LINKS)
    .order_by(incident_components.c.position)
)
_components_of = select(components).where(
    components.c.id.in_(select(incident_components.c.component_id).where(_LINKS))
)


_NEWEST_FIRST = attrgetter("display_at", "number")


def complete(connection: Connection, rows: Sequence[Row[Any]]) -> list[FullIncident]:
    ids = {"ids": [row.id for row in rows]}
    if not rows:
        return []
    updates: dict[str, list[Row[Any]]] = {row.id: [] for row in rows}
    for update in plain_rows(connection.execute(_updates_of, ids)):
        updates[update.incident_id].append(update)
    # Sorted here, where each incident has a few: the database would carry every text along.
    for mine in updates.values():
        mine.sort(key=_NEWEST_FIRST, reverse=True)
    # Many incidents touch the same few components: each is read once.
    known = {row.id: row for row in plain_rows(connection.execute(_components_of, ids))}
    affected: dict[str, list[Row[Any]]] = {row.id: [] for row in rows}
    for incident_id, component_id in connection.execute(_links_of, ids):
        affected[incident_id].append(known[component_id])
    return [FullIncident(row, updates[row.id], affected[row.id]) for row in rows]
