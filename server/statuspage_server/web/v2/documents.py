"""The public API's documents, each made from one snapshot of the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row

from statuspage_server.core.paging import Slice
from statuspage_server.core.status import top_level
from statuspage_server.shapes.components import public_component
from statuspage_server.shapes.incidents import public_incident
from statuspage_server.shapes.pages import public_page, public_status
from statuspage_server.storage.components import (
    Members,
    list_components,
    open_impacts,
    read_top_level,
)
from statuspage_server.storage.incidents import list_incidents

# The vendor shows the fifty most recent.
RECENT = Slice(0, 50)
ALL_OPEN = Slice(0, 1000)

type Parts = dict[str, Any]
type Document = Callable[[Connection, Row[Any], str], Parts]


def _components(connection: Connection, page: Row[Any], _: str) -> Parts:
    rows = list_components(connection, page.id)
    return {"components": _component_shapes(rows)}


def _component_shapes(rows: Any) -> list[Parts]:
    members = Members()
    for row in rows:
        if row.group_id is not None:
            members.add(row)
    return [
        public_component(row, members.status_of(row), members.ids_of(row.id))
        if row.is_group
        else public_component(row)
        for row in rows
    ]


def _status(connection: Connection, page: Row[Any], _: str) -> Parts:
    return {"status": public_status(read_top_level(connection, page.id))}


def _incidents(key: str, scope: str, part: Slice) -> Document:
    def document(connection: Connection, page: Row[Any], url: str) -> Parts:
        found = list_incidents(connection, page.id, part, scope=scope)
        return {key: [public_incident(incident, url) for incident in found]}

    return document


_unresolved = _incidents("incidents", "unresolved", ALL_OPEN)
_planned = _incidents("scheduled_maintenances", "scheduled", ALL_OPEN)


def _summary(connection: Connection, page: Row[Any], url: str) -> Parts:
    rows = list_components(connection, page.id)
    statuses = [row.status for row in rows if not row.is_group]
    impacts = [] if statuses else open_impacts(connection, page.id)
    return {
        "components": _component_shapes(rows),
        **_unresolved(connection, page, url),
        **_planned(connection, page, url),
        "status": public_status(top_level(statuses, impacts)),
    }


DOCUMENTS: dict[str, Document] = {
    "summary": _summary,
    "status": _status,
    "components": _components,
    "incidents": _incidents("incidents", "realtime", RECENT),
    "incidents/unresolved": _unresolved,
    "scheduled-maintenances": _incidents("scheduled_maintenances", "maintenance", RECENT),
    "scheduled-maintenances/upcoming": _incidents("scheduled_maintenances", "upcoming", ALL_OPEN),
    "scheduled-maintenances/active": _incidents(
        "scheduled_maintenances", "active_maintenance", ALL_OPEN
    ),
}


def make_document(connection: Connection, page: Row[Any], name: str, url: str) -> Parts:
    return {"page": public_page(page, url), **DOCUMENTS[name](connection, page, url)}
