"""A whole page as rows, ready to be written in one go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from statuspage_server.core.moments import Moment
from statuspage_server.errors import ServerError
from statuspage_server.storage.new_pages import default_page_settings
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.schema import (
    components,
    incident_components,
    incident_updates,
    incidents,
    pages,
    status_changes,
)
from statuspage_server.storage.search import note_missing_texts

type Values = dict[str, Any]


@dataclass
class PageRows:
    page: Values
    components: list[Values] = field(default_factory=list)
    status_changes: list[Values] = field(default_factory=list)
    incidents: list[Values] = field(default_factory=list)
    incident_components: list[Values] = field(default_factory=list)
    incident_updates: list[Values] = field(default_factory=list)


@dataclass(frozen=True)
class PageParts:
    """A page that is too large to be held at once: its parts are made while they are written."""

    page: Values
    parts: Iterator[PageRows]


def new_page_row(
    page_id: str, name: str, settings: Mapping[str, Any], created_at: Moment, position: int = 1000
) -> Values:
    return {
        "id": page_id,
        "config_name": None,
        "position": position,
        "name": name,
        "settings": {**default_page_settings(name), **settings},
        "created_at": created_at,
        "updated_at": created_at,
    }


def write_new_page(connection: Connection, made: PageParts) -> None:
    page_id = made.page["id"]
    known = select(pages.c.id).where(pages.c.id == page_id)
    if connection.execute(known).first() is not None:
        raise ServerError(f"Page {page_id} was generated before: choose another --seed.")
    for rows in made.parts:
        _insert(connection, rows)
    # Their last changes were made after they were written.
    last = select(func.max(status_changes.c.at)).where(
        status_changes.c.component_id == components.c.id
    )
    connection.execute(
        update(components)
        .where(components.c.page_id == page_id, components.c.is_group.is_(False))
        .values(updated_at=last.scalar_subquery())
    )
    _finish(connection, page_id)


def write_rows(connection: Connection, rows: PageRows) -> None:
    """Write what is not there yet."""
    _insert(connection, rows)
    _finish(connection, rows.page["id"])


def _insert(connection: Connection, rows: PageRows) -> None:
    """Groups come first, since components refer to them."""
    known = select(pages.c.id).where(pages.c.id == rows.page["id"])
    if connection.execute(known).first() is None:
        connection.execute(insert(pages).values(**rows.page))
    groups = [row for row in rows.components if row["is_group"]]
    members = [row for row in rows.components if not row["is_group"]]
    for table, values in (
        (components, groups),
        (components, members),
        (status_changes, rows.status_changes),
        (incidents, rows.incidents),
        (incident_components, rows.incident_components),
        (incident_updates, rows.incident_updates),
    ):
        if values:
            connection.execute(insert(table), values)


def _finish(connection: Connection, page_id: str) -> None:
    note_missing_texts(connection)
    for table in (components, incidents):
        newest = select(func.max(table.c.updated_at)).where(table.c.page_id == page_id)
        touch_page(connection, page_id, connection.execute(newest).scalar() or 0)
    if connection.dialect.name == "postgresql":
        # So many rows at once make the planner's old statistics wrong, and lists slow, until the
        # database would look by itself. SQLite has none, and plans well without.
        connection.execute(text("ANALYZE"))
