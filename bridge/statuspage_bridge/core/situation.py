"""All that a plan is made from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .alert import Account
from .memory import Memory
from .published import Published
from .rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known at a moment. Alerts and rules name components by their ids."""

    now: datetime
    memory: Memory
    rules: Rules = field(default_factory=Rules)
    # Of ours: those that are open, and of those that are over the newest.
    incidents: Sequence[Published] = ()
    # What could not be read may hold anything open.
    unread: frozenset[Account] = frozenset()
    # What these said before the bridge began is not known until they say it again.
    only_pushed: frozenset[Account] = frozenset()
    maintained: frozenset[str] = frozenset()

    def unknown(self, incident: Published) -> frozenset[Account]:
        """Return the accounts of which it is not known whether they hold an incident open."""
        age = self.now - self.memory.began
        if incident.begun_at < self.memory.began and age < self.rules.runs_out_after:
            return self.unread | self.only_pushed
        return self.unread

    @property
    def has_just_begun(self) -> bool:
        """Tell whether alerts may have been over before the bridge began, and matter still."""
        return self.now - self.memory.began < self.rules.longest_hold
