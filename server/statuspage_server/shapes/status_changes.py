"""The history of a component's status, as version 1 of the Nobl9 API shows it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.author import Source
from statuspage_server.core.moments import milliseconds
from statuspage_server.core.nobl9_status import nobl9_status
from statuspage_server.core.status_history import Change, GroupChange, group_changes
from statuspage_server.shapes.disruptions import UNKNOWN
from statuspage_server.storage.status_history import Changes


def shape_status_changes(row: Row[Any], found: Changes) -> dict[str, Any]:
    """The newest first. A group's changes name the component that each came from."""
    changes = (
        group_changes(found.statuses, found.changes)
        if row.is_group
        else [GroupChange(change.old, change.new, change) for change in found.changes]
    )
    return {
        "history": [
            _entry(one, found.names if row.is_group else {})
            for one in reversed(changes)
            if nobl9_status(one.old) is not nobl9_status(one.new)
        ]
    }


def _entry(one: GroupChange, names: Mapping[str, str]) -> dict[str, Any]:
    cause = one.cause
    return {
        "changedAt": milliseconds(cause.at),
        "previousStatus": nobl9_status(one.old),
        "newStatus": nobl9_status(one.new),
        "changedBy": cause.author or UNKNOWN,
        "source": cause.source or Source.MANUAL,
        "comment": cause.comment,
        "propagatedFrom": _origin(cause, names),
    }


def _origin(cause: Change, names: Mapping[str, str]) -> dict[str, str] | None:
    name = names.get(cause.component_id)
    return None if name is None else {"id": cause.component_id, "name": name}
