"""A component's status: its row, and the record of changes that uptime is counted from."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, update

from statuspage_server.core.author import Author
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.storage.schema import components, item_states, status_changes


@dataclass(frozen=True, slots=True)
class StatusChange:
    component_id: str
    old_status: str
    new_status: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Who makes a change and why."""

    author: Author | None = None
    comment: str | None = None
    incident_id: str | None = None

    @property
    def columns(self) -> dict[str, str | None]:
        author = self.author
        return {
            "source": author.source if author else None,
            "author": author.name if author else None,
            "comment": self.comment,
            "incident_id": self.incident_id,
        }


UNKNOWN = Cause()


def apply_status_changes(
    connection: Connection,
    changes: Iterable[StatusChange],
    now: Moment,
    cause: Cause = UNKNOWN,
) -> list[StatusChange]:
    """Returns those that changed something."""
    applied = [change for change in changes if change.old_status != change.new_status]
    for change in applied:
        connection.execute(
            update(components)
            .where(components.c.id == change.component_id)
            .values(status=change.new_status, updated_at=now)
        )
        record_status(
            connection, change.component_id, change.old_status, change.new_status, now, cause
        )
        if change.old_status == ComponentStatus.UNDER_MAINTENANCE:
            # Its heartbeats did not count meanwhile: they are looked at afresh.
            connection.execute(
                update(item_states)
                .where(item_states.c.component_id == change.component_id)
                .values(state=None)
            )
    return applied


def record_status(
    connection: Connection,
    component_id: str,
    old: str | None,
    new: str,
    now: Moment,
    cause: Cause = UNKNOWN,
) -> None:
    connection.execute(
        insert(status_changes).values(
            component_id=component_id, old_status=old, new_status=new, at=now, **cause.columns
        )
    )
