"""The last changes of a component's status, or of all components of a group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from statuspage_server.core.status_history import Change
from statuspage_server.storage.schema import components, status_changes

MOST = 200


@dataclass(frozen=True, slots=True)
class Changes:
    """The oldest first, with the components that they are of: names, and statuses of now."""

    names: Mapping[str, str]
    statuses: Mapping[str, str]
    changes: list[Change]


def read_changes(connection: Connection, row: Row[Any]) -> Changes:
    mine = components.c.group_id == row.id if row.is_group else components.c.id == row.id
    known = connection.execute(
        select(components.c.id, components.c.name, components.c.status).where(mine)
    ).all()
    found = connection.execute(
        select(status_changes)
        .where(
            status_changes.c.component_id.in_([one.id for one in known]),
            # The first status that a component ever had is no change.
            status_changes.c.old_status.is_not(None),
        )
        .order_by(status_changes.c.at.desc(), status_changes.c.id.desc())
        .limit(MOST)
    ).all()
    return Changes(
        names={one.id: one.name for one in known},
        statuses={one.id: one.status for one in known},
        changes=[
            Change(
                one.component_id,
                one.at,
                one.old_status,
                one.new_status,
                one.author,
                one.source,
                one.comment,
            )
            for one in reversed(found)
        ],
    )
