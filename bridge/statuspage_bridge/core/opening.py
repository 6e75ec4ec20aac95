"""Which incidents are opened: one for a component, one for a group, or one for all that is more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from .beginning import Beginning, leave
from .decision import SEVERAL, Action, Decision
from .held import named, worst_first
from .published import Published
from .situation import Situation
from .status import IMPACTS, rank, worst, worst_impact

HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Openings:
    """What becomes of the components that are to be told of."""

    decisions: list[Decision] = field(default_factory=list)
    # What an incident that is open tells besides.
    joining: dict[str, list[Beginning]] = field(default_factory=dict)

    def join(self, incident: Published, begun: Iterable[Beginning]) -> None:
        """Tell of components in an incident that is open, unless it is a person's."""
        if incident.is_taken_over:
            reason = f"A person has written to the incident {incident.id}, which would tell it."
            self.decisions += [leave(one.component, reason) for one in begun]
        else:
            self.joining.setdefault(incident.id, []).extend(begun)


def openings(
    begun: Iterable[Beginning], open_ones: Sequence[Published], situation: Situation
) -> Openings:
    """Return what is opened, and what joins an incident that is open."""
    found = Openings()
    grouped = {one.group: one for one in reversed(open_ones) if one.group}
    units: dict[tuple[str, bool], list[Beginning]] = {}
    for one in begun:
        units.setdefault((one.group or one.component, one.is_draft), []).append(one)
    public: list[list[Beginning]] = []
    for (key, is_draft), unit in units.items():
        if unit[0].group in grouped:
            found.join(grouped[unit[0].group], unit)
        elif not is_draft:
            public.append(unit)
        elif (key, False) in units:
            reason = "It is proposed once the incident of its group is open."
            found.decisions += [leave(one.component, reason) for one in unit]
        else:
            found.decisions.append(replace(_opened(unit, unit[0].group), draft=True))
    public.sort(key=_severity, reverse=True)
    room = _room(situation, len(public))
    found.decisions += [_opened(unit, unit[0].group) for unit in public[:room]]
    more = [one for unit in public[room:] for one in unit]
    if more and SEVERAL in grouped:
        found.join(grouped[SEVERAL], more)
    elif more:
        opened = _opened(more, SEVERAL)
        reason = f"No more than {situation.rules.most_an_hour} may be opened an hour. "
        found.decisions.append(replace(opened, reason=reason + opened.reason))
    return found


def _room(situation: Situation, wanted: int) -> int:
    """Return how many of the incidents that are wanted may be opened."""
    most = situation.rules.most_an_hour
    if most is None:
        return wanted
    lately = [
        one
        for one in situation.incidents
        if one.group != SEVERAL and situation.now - one.begun_at < HOUR
    ]
    return max(0, most - len(lately))


def _opened(unit: Sequence[Beginning], group: str) -> Decision:
    alerts = worst_first(one for begun in unit for one in begun.alerts)
    components = {one.component: one.status for one in unit}
    return Decision(
        action=Action.OPEN,
        reason=f"{named(alerts)} says {worst(components.values())}.",
        components=components,
        changed=frozenset(components),
        begins=True,
        group=group,
        impact=worst_impact(one.impact for one in alerts),
        notify=any(one.policy.notify for one in alerts),
        template=alerts[0].policy.template,
        incident_status=next((said for one in alerts if (said := one.alert.incident_status)), ""),
        causes=[one.alert for one in alerts],
    )


def _severity(unit: Sequence[Beginning]) -> tuple[int, int, str]:
    """What is worst has an incident of its own first."""
    impact = worst_impact(one.impact for begun in unit for one in begun.alerts)
    status = worst(begun.status for begun in unit)
    return rank(status), IMPACTS.index(impact), min(begun.component for begun in unit)
