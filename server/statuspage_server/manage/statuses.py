"""Changing the statuses of components, and telling everyone who has to know."""

from collections.abc import Iterable

from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.outbox.announce import announce_component
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.status_changes import (
    UNKNOWN,
    Cause,
    StatusChange,
    apply_status_changes,
)


def change_statuses(
    connection: Connection,
    page_id: str,
    changes: Iterable[StatusChange],
    now: Moment,
    cause: Cause = UNKNOWN,
) -> list[StatusChange]:
    """Subscribers are told of what really changed, and other processes of the page's change."""
    applied = apply_status_changes(connection, changes, now, cause)
    for change in applied:
        announce_component(
            connection, page_id, change.component_id, change.old_status, change.new_status, now
        )
    if applied:
        touch_page(connection, page_id, now)
    return applied
