"""The history of a group's status, which is nowhere written down: it follows from its members'."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from statuspage_server.core.moments import Moment
from statuspage_server.core.status import group_status


@dataclass(frozen=True, slots=True)
class Change:
    """One component's change of status, with who made it and why."""

    component_id: str
    at: Moment
    old: str
    new: str
    author: str | None = None
    source: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A change of the group, and the member's change that it came from."""

    old: str
    new: str
    cause: Change


def group_changes(members: Mapping[str, str], changes: Iterable[Change]) -> list[GroupChange]:
    """`members` with their statuses of now, and their changes, the oldest first."""
    ordered = list(changes)
    statuses = dict(members)
    for change in reversed(ordered):
        statuses[change.component_id] = change.old
    before = group_status(statuses.values())
    found = []
    for change in ordered:
        statuses[change.component_id] = change.new
        after = group_status(statuses.values())
        if after != before:
            found.append(GroupChange(before, after, change))
        before = after
    return found
