"""Live events, gathered from the changes that they made in the catalog.

Port is told nothing of an event but what it changes: an integration writes an incident, its
updates and its components in several requests, one right after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from port_sandbox.core import timestamps
from port_sandbox.core.json_types import Document

# Between the requests of one event there is less time than this.
PAUSE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Changes that came together, the last of them first."""

    changes: tuple[Document, ...]

    @property
    def identifier(self) -> int:
        return int(self.changes[-1]["id"])

    @property
    def at(self) -> str:
        return str(self.changes[-1]["at"])

    @property
    def by(self) -> str:
        return str(self.changes[-1]["by"])


def gathered(changes: Iterable[Document]) -> list[LiveEvent]:
    """Return the events behind changes, which come the newest first."""
    events: list[list[Document]] = []
    for change in changes:
        if events and _together(events[-1][-1], change):
            events[-1].append(change)
        else:
            events.append([change])
    return [LiveEvent(tuple(one)) for one in events]


def _together(later: Document, earlier: Document) -> bool:
    after, before = timestamps.parsed(later["at"]), timestamps.parsed(earlier["at"])
    near = after is not None and before is not None and after - before < PAUSE
    return near and later["by"] == earlier["by"]
