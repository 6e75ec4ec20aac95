"""Changing a component's status: the row, the record for uptime, and the page's revision."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, update

from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.outbox.announce import announce_component
from statuspage_server.storage.schema import components, item_states, pages, status_changes


@dataclass(frozen=True, slots=True)
class StatusChange:
    component_id: str
    old_status: str
    new_status: str


def _apply_status_changes(
    connection: Connection, changes: Iterable[StatusChange], now: Moment
) -> list[StatusChange]:
    """Apply those that change something, and return them."""
    applied = [change for change in changes if change.old_status != change.new_status]
    for change in applied:
        connection.execute(
            update(components)
            .where(components.c.id == change.component_id)
            .values(status=change.new_status, updated_at=now)
        )
        record_status(connection, change.component_id, change.old_status, change.new_status, now)
        if change.old_status == ComponentStatus.UNDER_MAINTENANCE:
            # Its heartbeats did not count meanwhile: they are looked at afresh.
            connection.execute(
                update(item_states)
                .where(item_states.c.component_id == change.component_id)
                .values(state=None)
            )
    return applied


def change_statuses(
    connection: Connection, page_id: str, changes: Iterable[StatusChange], now: Moment
) -> list[StatusChange]:
    """Change statuses and tell everyone who has to know: other processes and subscribers."""
    applied = _apply_status_changes(connection, changes, now)
    for change in applied:
        announce_component(
            connection, page_id, change.component_id, change.old_status, change.new_status, now
        )
    if applied:
        touch_page(connection, page_id)
    return applied


def record_status(
    connection: Connection, component_id: str, old: str | None, new: str, now: Moment
) -> None:
    connection.execute(
        insert(status_changes).values(
            component_id=component_id, old_status=old, new_status=new, at=now
        )
    )


def touch_page(connection: Connection, page_id: str) -> None:
    """Tell every process that what it keeps warm of this page is old."""
    connection.execute(
        update(pages).where(pages.c.id == page_id).values(revision=pages.c.revision + 1)
    )
