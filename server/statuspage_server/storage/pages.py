"""Pages: read, changed, and marked as changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound
from statuspage_server.storage.schema import pages


def list_pages(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(pages).order_by(pages.c.position, pages.c.id)).all()


def find_page(connection: Connection, page_id: str) -> Row[Any]:
    row = connection.execute(select(pages).where(pages.c.id == page_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def require_page(connection: Connection, page_id: str) -> None:
    if connection.execute(select(pages.c.id).where(pages.c.id == page_id)).first() is None:
        raise NotFound


def read_revision(connection: Connection, page_id: str) -> int | None:
    return connection.execute(
        select(pages.c.revision).where(pages.c.id == page_id)
    ).scalar_one_or_none()


def change_page(
    connection: Connection, page_id: str, changes: Mapping[str, Any], now: Moment
) -> Row[Any]:
    row = find_page(connection, page_id)
    settings = {key: value for key, value in changes.items() if key != "name"}
    connection.execute(
        update(pages)
        .where(pages.c.id == page_id)
        .values(
            name=changes.get("name", row.name),
            settings=row.settings | settings,
            revision=pages.c.revision + 1,
            updated_at=now,
        )
    )
    return find_page(connection, page_id)


def touch_page(connection: Connection, page_id: str) -> None:
    """Tell every process that what it has cached of this page is old."""
    connection.execute(
        update(pages).where(pages.c.id == page_id).values(revision=pages.c.revision + 1)
    )
