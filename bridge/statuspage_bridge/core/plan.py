"""What to do, for each incident and each component without one: the whole decision, without I/O.

An alert holds its component while it is open, and for `resolves_after` afterwards. What holds a
component keeps its incident open. Only a confirmed alert that lasted `opens_after` opens one.
"""

from collections.abc import Mapping, Sequence

from .beginning import beginnings, leave
from .decision import Decision
from .going_on import OpenIncident
from .held import Held, by_component
from .opening import openings
from .published import Published
from .situation import Situation


def plan(situation: Situation) -> list[Decision]:
    """Return what to do about every component that has an alert or an open incident of ours."""
    memory = situation.memory.at(situation.now, situation.rules)
    found = by_component(memory, situation.rules, situation.now)
    holding = {
        component: [one for one in held if not one.policy.quiet]
        for component, held in found.items()
    }
    open_ones = sorted(
        (one for one in situation.incidents if not one.is_over),
        key=lambda one: (one.begun_at, one.id),
    )
    homes: dict[str, Published] = {}
    for incident in open_ones:
        for component in incident.components:
            homes.setdefault(component, incident)
    begun, left = beginnings(holding, homes, situation)
    opened = openings(begun, open_ones, situation)
    going_on = [
        OpenIncident(
            published=incident,
            holding=holding,
            joining=opened.joining.get(incident.id, []),
            elsewhere={
                component: homes[component].id
                for component in incident.components
                if homes[component] is not incident
            },
            situation=situation,
        ).decide()
        for incident in open_ones
    ]
    decided = [*going_on, *opened.decisions, *left, *_quiet(found, holding, homes)]
    return sorted(decided, key=lambda one: (one.subject, one.key))


def _quiet(
    found: Mapping[str, Sequence[Held]],
    holding: Mapping[str, Sequence[Held]],
    homes: Mapping[str, Published],
) -> list[Decision]:
    """Tell of the components whose alerts are all passed over."""
    return [
        leave(component, "The rules keep it quiet.")
        for component, held in found.items()
        if component not in homes
        and not holding[component]
        and any(one.alert.is_open for one in held)
    ]
