"""Writing components and groups."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from statuspage_server.core.author import Author
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.manage.statuses import change_statuses
from statuspage_server.manage.subscribers import forget_components
from statuspage_server.storage.components import find_component
from statuspage_server.storage.pages import require_page, touch_page
from statuspage_server.storage.schema import components
from statuspage_server.storage.status_changes import Cause, StatusChange, record_status

LARGEST_PAGE = 1100


def create_component(
    connection: Connection, page_id: str, fields: Mapping[str, Any], now: Moment
) -> str:
    require_page(connection, page_id)
    _refuse_full_page(connection, page_id)
    values = dict(fields)
    group_id = _group_id(connection, page_id, values.get("group_id"))
    showcase = values.get("showcase") is not False
    status = values.get("status") or ComponentStatus.OPERATIONAL
    component_id = new_id()
    connection.execute(
        insert(components).values(
            id=component_id,
            page_id=page_id,
            group_id=group_id,
            is_group=False,
            name=_name(values),
            description=values.get("description"),
            position=_next_position(connection, page_id, group_id),
            status=status,
            showcase=showcase,
            only_show_if_degraded=bool(values.get("only_show_if_degraded")),
            start_date=values.get("start_date") or (_day(now) if showcase else None),
            created_at=now,
            updated_at=now,
        )
    )
    record_status(connection, component_id, None, status, now)
    touch_page(connection, page_id, now)
    return component_id


def _refuse_full_page(connection: Connection, page_id: str) -> None:
    count = connection.execute(
        select(func.count()).select_from(components).where(components.c.page_id == page_id)
    ).scalar_one()
    if count >= LARGEST_PAGE:
        raise Unprocessable(f"A page cannot have more than {LARGEST_PAGE} components")


def change_component(
    connection: Connection,
    page_id: str,
    component_id: str,
    fields: Mapping[str, Any],
    now: Moment,
    author: Author | None = None,
) -> None:
    row = find_component(connection, page_id, component_id, group=False)
    values = {key: value for key, value in fields.items() if key != "status"}
    if "name" in values:
        _name(values)
    if "group_id" in values:
        values["group_id"] = _group_id(connection, page_id, values["group_id"])
        if values["group_id"] != row.group_id:
            values["position"] = _next_position(connection, page_id, values["group_id"])
    for flag in ("showcase", "only_show_if_degraded"):
        if values.get(flag, "unsaid") is None:
            del values[flag]
    if values:
        connection.execute(
            update(components)
            .where(components.c.id == component_id)
            .values(**values, updated_at=now)
        )
        touch_page(connection, page_id, now)
    status = fields.get("status")
    if status:
        change = StatusChange(component_id, row.status, status)
        change_statuses(connection, page_id, [change], now, Cause(author))


def delete_component(connection: Connection, page_id: str, component_id: str, now: Moment) -> None:
    find_component(connection, page_id, component_id, group=False)
    connection.execute(delete(components).where(components.c.id == component_id))
    forget_components(connection, page_id, {component_id}, now)
    touch_page(connection, page_id, now)


def create_group(
    connection: Connection,
    page_id: str,
    name: str | None,
    description: str | None,
    member_ids: Sequence[str] | None,
    now: Moment,
) -> str:
    require_page(connection, page_id)
    _refuse_full_page(connection, page_id)
    if not member_ids:
        raise Unprocessable("Components can't be blank: a group needs at least one component")
    group_id = new_id()
    connection.execute(
        insert(components).values(
            id=group_id,
            page_id=page_id,
            is_group=True,
            name=_name({"name": name}),
            description=description,
            position=_next_position(connection, page_id, None),
            status=ComponentStatus.OPERATIONAL,
            created_at=now,
            updated_at=now,
        )
    )
    _set_members(connection, page_id, group_id, member_ids, now)
    touch_page(connection, page_id, now)
    return group_id


def change_group(
    connection: Connection,
    page_id: str,
    group_id: str,
    fields: Mapping[str, Any],
    member_ids: Sequence[str] | None,
    now: Moment,
) -> None:
    find_component(connection, page_id, group_id, group=True)
    if "name" in fields:
        _name(fields)
    if member_ids is not None:
        if not member_ids:
            raise Unprocessable("Components can't be blank: a group needs at least one component")
        _set_members(connection, page_id, group_id, member_ids, now)
    connection.execute(
        update(components).where(components.c.id == group_id).values(**fields, updated_at=now)
    )
    touch_page(connection, page_id, now)


def delete_group(connection: Connection, page_id: str, group_id: str, now: Moment) -> None:
    """The members stay and belong to no group."""
    connection.execute(delete(components).where(components.c.id == group_id))
    forget_components(connection, page_id, {group_id}, now)
    touch_page(connection, page_id, now)


def _set_members(
    connection: Connection, page_id: str, group_id: str, member_ids: Sequence[str], now: Moment
) -> None:
    wanted = list(dict.fromkeys(member_ids))
    mine = set(
        connection.execute(
            select(components.c.id).where(
                components.c.page_id == page_id,
                components.c.is_group.is_(False),
                components.c.id.in_(wanted),
            )
        ).scalars()
    )
    unknown = [id_ for id_ in wanted if id_ not in mine]
    if unknown:
        raise Unprocessable(*(f"Component {id_[:40]} is not on this page" for id_ in unknown[:10]))
    connection.execute(
        update(components)
        .where(components.c.group_id == group_id, components.c.id.not_in(wanted))
        .values(group_id=None, updated_at=now)
    )
    for place, id_ in enumerate(wanted, 1):
        connection.execute(
            update(components)
            .where(components.c.id == id_)
            .values(group_id=group_id, position=place, updated_at=now)
        )


def _group_id(connection: Connection, page_id: str, asked: str | None) -> str | None:
    """The vendor takes the word "null" for "no group"."""
    if asked in {None, "", "null"}:
        return None
    try:
        return str(find_component(connection, page_id, str(asked), group=True).id)
    except NotFound as error:
        raise Unprocessable("Group is not on this page") from error


def _name(values: Mapping[str, Any]) -> str:
    name = values.get("name")
    if not name or not str(name).strip():
        raise Unprocessable("Name can't be blank")
    return str(name)


def _next_position(connection: Connection, page_id: str, group_id: str | None) -> int:
    beside = (
        components.c.group_id.is_(None) if group_id is None else components.c.group_id == group_id
    )
    last = connection.execute(
        select(func.max(components.c.position)).where(components.c.page_id == page_id, beside)
    ).scalar()
    return (last or 0) + 1


def _day(now: Moment) -> str:
    return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()
