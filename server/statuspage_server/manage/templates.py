"""Incident templates. The vendor's API makes and lists them; operators change and remove them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.shapes.others import manage_template
from statuspage_server.storage.components import known_components
from statuspage_server.storage.pages import require_page
from statuspage_server.storage.schema import components, templates


def create_template(
    connection: Connection, page_id: str, fields: Mapping[str, Any], now: Moment
) -> dict[str, Any]:
    require_page(connection, page_id)
    _refuse_blank(fields)
    component_ids = list(dict.fromkeys(fields.get("component_ids") or ()))
    known = known_components(connection, page_id)
    unknown = [id_ for id_ in component_ids if id_ not in known]
    if unknown:
        raise Unprocessable(*(f"Component {id_[:40]} is not on this page" for id_ in unknown[:10]))
    template_id = new_id()
    connection.execute(
        insert(templates).values(
            id=template_id,
            page_id=page_id,
            name=fields["name"],
            title=fields["title"],
            body=fields["body"],
            group_id=fields.get("group_id"),
            update_status=fields.get("update_status"),
            should_tweet=bool(fields.get("should_tweet")),
            should_send_notifications=bool(fields.get("should_send_notifications")),
            component_ids=component_ids,
            created_at=now,
        )
    )
    return find_template(connection, page_id, template_id)


def change_template(
    connection: Connection, page_id: str, template_id: str, fields: Mapping[str, Any]
) -> None:
    """Changes what is given, and keeps the rest."""
    _refuse_blank({"name": "-", "title": "-", "body": "-", **fields})
    changed = connection.execute(
        update(templates).where(*_one(page_id, template_id)).values(**fields)
    )
    if changed.rowcount == 0:
        raise NotFound


def remove_template(connection: Connection, page_id: str, template_id: str) -> None:
    if connection.execute(delete(templates).where(*_one(page_id, template_id))).rowcount == 0:
        raise NotFound


def _one(page_id: str, template_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return templates.c.id == template_id, templates.c.page_id == page_id


def _refuse_blank(fields: Mapping[str, Any]) -> None:
    blank = [key for key in ("name", "title", "body") if not fields.get(key, "").strip()]
    if blank:
        raise Unprocessable(*(f"{key.capitalize()} can't be blank" for key in blank))


def find_template(connection: Connection, page_id: str, template_id: str) -> dict[str, Any]:
    rows = connection.execute(select(templates).where(*_one(page_id, template_id))).all()
    if not rows:
        raise NotFound
    return _shapes(connection, page_id, rows)[0]


def list_templates(connection: Connection, page_id: str, part: Slice) -> list[dict[str, Any]]:
    require_page(connection, page_id)
    rows = connection.execute(
        select(templates)
        .where(templates.c.page_id == page_id)
        .order_by(templates.c.created_at, templates.c.id)
        .offset(part.offset)
        .limit(part.limit)
    ).all()
    return _shapes(connection, page_id, rows)


def _shapes(connection: Connection, page_id: str, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    wanted = {id_ for row in rows for id_ in row.component_ids}
    known = {
        row.id: row
        for row in connection.execute(
            select(components).where(
                components.c.page_id == page_id, components.c.id.in_(sorted(wanted))
            )
        )
    }
    return [
        manage_template(row, [known[id_] for id_ in row.component_ids if id_ in known])
        for row in rows
    ]
