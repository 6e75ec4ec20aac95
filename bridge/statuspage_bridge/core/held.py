"""Alerts with what the rules say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from .alert import Alert
from .memory import Memory
from .rules import IncidentPer, Policy, Rules
from .status import IMPACTS, impact_of, rank


@dataclass(frozen=True, slots=True)
class Held:
    """An alert that is open, or that was over a moment ago, and what is done about it."""

    alert: Alert
    policy: Policy

    @property
    def status(self) -> str:
        """What it says of its component."""
        return self.policy.status or self.alert.status

    @property
    def impact(self) -> str:
        """What it says of its incident."""
        return self.policy.impact or impact_of(self.status)

    @property
    def group(self) -> str:
        """The key of the incident that it shares with others, if it does.

        What a source calls a group is made of labels, and everybody may read the key.
        """
        if self.policy.incident_per is not IncidentPer.GROUP or not self.alert.group:
            return ""
        return sha256(f"{self.alert.account}\n{self.alert.group}".encode()).hexdigest()[:16]

    def lasted(self, now: datetime) -> bool:
        """Tell whether it has lasted long enough to be public."""
        # The clock of a source may be ahead of ours.
        return now - min(self.alert.since, now) >= self.policy.opens_after


def by_component(memory: Memory, rules: Rules, now: datetime) -> dict[str, list[Held]]:
    """Return what holds each component, the worst first; quiet alerts are among it."""
    found: dict[str, list[Held]] = {}
    for alert in memory.alerts.values():
        policy = rules.policy(alert)
        if alert.is_open or now - alert.since < policy.resolves_after:
            found.setdefault(alert.component, []).append(Held(alert, policy))
    return {component: worst_first(held) for component, held in found.items()}


def worst_first(held: Iterable[Held]) -> list[Held]:
    """Sort alerts so that the first is the one that matters most, whatever order they come in."""
    return sorted(held, key=_order, reverse=True)


def _order(one: Held) -> tuple[int, int, str, str, str]:
    impact = IMPACTS.index(one.impact) if one.impact in IMPACTS else 0
    alert = one.alert
    return rank(one.status), impact, str(alert.account), alert.id, alert.component


def named(held: Sequence[Held]) -> str:
    """Name the alert that matters most, and tell how many there are besides."""
    first = worst_first(held)[0].alert
    more = len(held) - 1
    return f"{first.account} {first.id}" + (f" with {more} more" if more else "")
