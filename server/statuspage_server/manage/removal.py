"""Removing what an operator no longer wants. What config.yml makes is removed there."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from statuspage_server.core.moments import Moment
from statuspage_server.errors import ServerError
from statuspage_server.manage.subscribers import forget_components
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.schema import components, pages


def remove_page(connection: Connection, page_id: str, in_file: Collection[str]) -> str:
    """With everything on it; returns its name."""
    row = _page(connection, page_id)
    if row.config_name in in_file:
        raise ServerError(
            f"The page {page_id} stands in config.yml and would come back. Take it out there first."
        )
    connection.execute(delete(pages).where(pages.c.id == page_id))
    return str(row.name)


def _page(connection: Connection, page_id: str) -> Row[Any]:
    row = connection.execute(select(pages).where(pages.c.id == page_id)).one_or_none()
    if row is None:
        raise ServerError(f"There is no page {page_id}. See: statuspage-server page list")
    return row


def remove_component(
    connection: Connection, component_id: str, in_file: Collection[str], now: Moment
) -> str:
    """A component with its history, or a group, whose members stay; returns its name."""
    row = connection.execute(
        select(components, pages.c.config_name)
        .join(pages, pages.c.id == components.c.page_id)
        .where(components.c.id == component_id)
    ).one_or_none()
    if row is None:
        raise ServerError(
            f"There is no component {component_id}. See: statuspage-server component list"
        )
    if row.config_key is not None and row.config_name in in_file:
        raise ServerError(
            f"{row.name} stands in config.yml and would come back. Take it out there: it goes when "
            "the file is saved."
        )
    connection.execute(delete(components).where(components.c.id == component_id))
    forget_components(connection, row.page_id, {component_id}, now)
    touch_page(connection, row.page_id, now)
    return str(row.name)
