"""A whole page as rows, ready to be written in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, text

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


def write_new_page(connection: Connection, rows: PageRows) -> None:
    known = select(pages.c.id).where(pages.c.id == rows.page["id"])
    if connection.execute(known).first() is not None:
        raise ServerError(f"Page {rows.page['id']} was generated before: choose another --seed.")
    write_rows(connection, rows)


def write_rows(connection: Connection, rows: PageRows) -> None:
    """Write what is not there yet. Groups come first, since components refer to them."""
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
    dated = (*rows.components, *rows.incidents)
    newest = max((row["updated_at"] for row in dated), default=rows.page["updated_at"])
    touch_page(connection, rows.page["id"], newest)
    note_missing_texts(connection)
    if connection.dialect.name == "postgresql":
        # So many rows at once make the planner's old statistics wrong, and lists slow, until the
        # database would look by itself. SQLite has none, and plans well without.
        connection.execute(text("ANALYZE"))
