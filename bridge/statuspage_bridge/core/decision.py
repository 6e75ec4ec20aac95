"""What is done about some components, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .alert import Alert
from .status import worst

# Instead of a group: the incident that tells of all that the hourly limit keeps from its own.
SEVERAL = "several"


class Action(StrEnum):
    """What is done to an incident."""

    OPEN = "open"
    UPDATE = "update"
    RESOLVE = "resolve"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done about an incident, or about a component that has none.

    `components` has what the incident tells of each then, `impact` what it has as its impact.
    """

    action: Action
    reason: str
    components: Mapping[str, str]
    # Those of them of which it tells something new.
    changed: frozenset[str] = frozenset()
    # Whether one of those was well before, or not told of at all.
    begins: bool = False
    incident: str | None = None
    group: str = ""
    impact: str = ""
    notify: bool = False
    # Whether it is only proposed.
    draft: bool = False
    template: str = ""
    # The incident's own status at its beginning, where an alert says it.
    incident_status: str = ""
    # The alerts behind it, the worst first: for templates. Their texts are internal.
    causes: Sequence[Alert] = field(default=(), repr=False, compare=False)

    @property
    def subject(self) -> str:
        """What it is about, as logs and answers name it."""
        return ", ".join(sorted(self.components))

    @property
    def status(self) -> str:
        """The worst of what it tells of the components, nothing where it tells nothing."""
        told = [status for status in self.components.values() if status]
        return worst(told) if told else ""

    @property
    def key(self) -> str:
        """What two decisions about the same have in common."""
        return self.incident or self.group or self.subject

    @property
    def content(self) -> tuple[object, ...]:
        """What two decisions that lead to the same have in common, whatever their reasons."""
        return self.action, self.incident, self.group, dict(self.components), self.impact
