"""Pages: read, changed, and marked as changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, select, update

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
        .values(name=changes.get("name", row.name), settings=row.settings | settings)
    )
    touch_page(connection, page_id, now)
    return find_page(connection, page_id)


def touch_page(connection: Connection, page_id: str, now: Moment) -> None:
    """Something on this page has changed: whoever asks for its `updated_at` sees it, and every
    process sees that what it has cached is old."""
    connection.execute(
        update(pages)
        .where(pages.c.id == page_id)
        .values(
            revision=pages.c.revision + 1,
            # Pollers compare it, so it never goes back, whatever a clock does.
            updated_at=case((pages.c.updated_at < now, now), else_=pages.c.updated_at),
        )
    )


def find_organization(connection: Connection, name: str) -> str | None:
    """The page that a client of the Nobl9 API calls its organization: by id, by the name it has
    in config.yml, by its subdomain, or by its title; the first of several."""
    for row in list_pages(connection):
        if name in {row.id, row.config_name, row.settings.get("subdomain"), row.name}:
            return str(row.id)
    return None
