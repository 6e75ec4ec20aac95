"""Which alerts make something public that was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .decision import Action, Decision
from .held import Held, named
from .published import Published
from .situation import Situation
from .status import worst


@dataclass(frozen=True, slots=True)
class Beginning:
    """A component that is to be told of, and the alerts that say so, the worst first."""

    component: str
    alerts: Sequence[Held]

    @property
    def status(self) -> str:
        """What is told of it."""
        return worst(one.status for one in self.alerts)

    @property
    def group(self) -> str:
        """The incident that it shares with others; nothing where it has one of its own."""
        return self.alerts[0].group

    @property
    def is_draft(self) -> bool:
        """Tell whether it is only proposed."""
        return self.alerts[0].policy.draft


def beginnings(
    holding: Mapping[str, Sequence[Held]], homes: Mapping[str, Published], situation: Situation
) -> tuple[list[Beginning], list[Decision]]:
    """Return the components without an incident that are to be told of, and those that are not."""
    begun: list[Beginning] = []
    left: list[Decision] = []
    for component, held in holding.items():
        if component in homes or not any(one.alert.is_open for one in held):
            continue
        ripe, reason = ripened(component, held, situation)
        if ripe:
            begun.append(Beginning(component, ripe))
        else:
            left.append(leave(component, reason))
    return begun, left


def ripened(
    component: str, held: Sequence[Held], situation: Situation
) -> tuple[Sequence[Held], str]:
    """Return the alerts that make it public; where there are none, the reason.

    What is only proposed is among them where nothing else is.
    """
    confirmed = [one for one in held if one.alert.is_open and one.alert.is_confirmed]
    ripe = [one for one in confirmed if one.lasted(situation.now)]
    resolved = [
        one.over_at
        for one in situation.incidents
        if one.is_over and one.is_taken_over and one.over_at and component in one.components
    ]
    fresh = [one for one in ripe if all(one.alert.since > over_at for over_at in resolved)]
    if component in situation.maintained:
        return [], "The component is under a planned maintenance."
    if not confirmed:
        return [], "Nobody has acknowledged it."
    if not ripe:
        return [], f"{named(confirmed)} has not lasted {confirmed[0].policy.opens_after} yet."
    if not fresh:
        return [], "A person has ended its incident while it went on."
    return [one for one in fresh if not one.policy.draft] or fresh, ""


def leave(component: str, reason: str) -> Decision:
    """Return the decision not to tell of a component."""
    return Decision(action=Action.LEAVE, reason=reason, components={component: ""})
