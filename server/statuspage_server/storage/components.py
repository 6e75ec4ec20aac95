"""Reading components and groups."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from statuspage_server.core.incident_plan import KnownComponent
from statuspage_server.core.paging import Slice
from statuspage_server.core.status import TopLevel, group_status, top_level
from statuspage_server.errors import NotFound
from statuspage_server.storage.plain_rows import plain_rows
from statuspage_server.storage.schema import IS_OPEN, components, incidents

_IN_ORDER = (components.c.position, components.c.id)


@dataclass
class Members:
    """What belongs to groups: the members' ids in order, and what they make of the group."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    statuses: dict[str, list[str]] = field(default_factory=dict)

    def add(self, row: Row[Any]) -> None:
        self.ids.setdefault(row.group_id, []).append(row.id)
        self.statuses.setdefault(row.group_id, []).append(row.status)

    def status_of(self, row: Row[Any]) -> str:
        return group_status(self.statuses.get(row.id, ())) if row.is_group else str(row.status)

    def ids_of(self, group_id: str) -> list[str]:
        return self.ids.get(group_id, [])


def read_members(connection: Connection, group_ids: Collection[str]) -> Members:
    members = Members()
    if group_ids:
        rows = connection.execute(
            select(components.c.id, components.c.group_id, components.c.status)
            .where(components.c.group_id.in_(group_ids))
            .order_by(*_IN_ORDER)
        )
        for row in rows:
            members.add(row)
    return members


def _sliced(statement: Select[Any], part: Slice | None) -> Select[Any]:
    return statement if part is None else statement.offset(part.offset).limit(part.limit)


def list_components(
    connection: Connection, page_id: str, part: Slice | None = None
) -> Sequence[Row[Any]]:
    """Components and groups together, as the manage API lists them."""
    statement = select(components).where(components.c.page_id == page_id).order_by(*_IN_ORDER)
    return plain_rows(connection.execute(_sliced(statement, part)))


def list_groups(connection: Connection, page_id: str, part: Slice) -> Sequence[Row[Any]]:
    statement = (
        select(components)
        .where(components.c.page_id == page_id, components.c.is_group)
        .order_by(*_IN_ORDER)
    )
    return plain_rows(connection.execute(_sliced(statement, part)))


def list_showcased(connection: Connection, group_id: str) -> Sequence[Row[Any]]:
    """The members of a group that show their uptime."""
    return connection.execute(
        select(components)
        .where(components.c.group_id == group_id, components.c.showcase)
        .order_by(*_IN_ORDER)
    ).all()


def find_component(
    connection: Connection, page_id: str, component_id: str, *, group: bool | None = None
) -> Row[Any]:
    """One row of the page. `group` says which kind it has to be, where that matters."""
    row = connection.execute(
        select(components).where(components.c.id == component_id, components.c.page_id == page_id)
    ).one_or_none()
    if row is None or (group is not None and row.is_group != group):
        raise NotFound
    return row


def leaves_of(connection: Connection, page_id: str, component_id: str) -> list[str]:
    """The components of a group; of a component itself alone."""
    row = find_component(connection, page_id, component_id)
    return read_members(connection, [row.id]).ids_of(row.id) if row.is_group else [row.id]


def components_called(connection: Connection, page_id: str, name: str) -> Sequence[Row[Any]]:
    """Every component of that name, groups left out."""
    return connection.execute(
        select(components)
        .where(
            components.c.page_id == page_id,
            components.c.name == name,
            components.c.is_group.is_(False),
        )
        .order_by(*_IN_ORDER)
    ).all()


def known_components(connection: Connection, page_id: str) -> dict[str, KnownComponent]:
    """What an incident has to know of the page: everything but group rows."""
    rows = connection.execute(
        select(
            components.c.id,
            components.c.group_id,
            components.c.is_group,
            components.c.name,
            components.c.status,
        )
        .where(components.c.page_id == page_id)
        .order_by(*_IN_ORDER)
    ).all()
    groups = {row.id: row.name for row in rows if row.is_group}
    return {
        row.id: KnownComponent(row.id, _full_name(groups, row), row.status)
        for row in rows
        if not row.is_group
    }


def _full_name(groups: Mapping[str, str], row: Row[Any]) -> str:
    group = groups.get(row.group_id)
    return str(row.name) if group is None else f"{group} - {row.name}"


def read_top_level(connection: Connection, page_id: str) -> TopLevel:
    statuses = (
        connection.execute(
            select(components.c.status).where(
                components.c.page_id == page_id, components.c.is_group.is_(False)
            )
        )
        .scalars()
        .all()
    )
    if statuses:
        return top_level(statuses)
    return top_level([], open_impacts(connection, page_id))


def open_impacts(connection: Connection, page_id: str) -> Sequence[str]:
    """A maintenance that has not begun does not disturb anyone yet."""
    return (
        connection.execute(
            select(incidents.c.impact).where(
                incidents.c.page_id == page_id, IS_OPEN, incidents.c.status != "scheduled"
            )
        )
        .scalars()
        .all()
    )
