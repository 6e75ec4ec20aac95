"""What to do, for each component: the whole decision, without any I/O.

An alert holds its component while it is open, and for `resolves_after` afterwards. What holds a
component keeps its incident open. Only a confirmed alert that lasted `opens_after` opens one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .alert import Account, Alert
from .memory import Memory
from .published import Published
from .rules import Rules
from .status import rank, worst


class Action(StrEnum):
    """What is done to a component's incident."""

    OPEN = "open"
    UPDATE = "update"
    RESOLVE = "resolve"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done about a component, and why. `status` is what its incident tells of it then."""

    component: str
    action: Action
    reason: str
    status: str = ""
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that a plan is made from. The alerts name components by their ids."""

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


def plan(situation: Situation) -> list[Decision]:
    """Return what to do about every component that has an alert or an open incident of ours."""
    memory = situation.memory.at(situation.now, situation.rules)
    alerts = _by_component(memory.alerts.values())
    open_ones = [one for one in situation.incidents if not one.is_over]
    decided = []
    for component in sorted({*alerts, *(one.component for one in open_ones)}):
        holding = alerts.get(component, [])
        published = [one for one in open_ones if one.component == component]
        if published:
            decided += _about(published, holding, situation)
        elif any(alert.is_open for alert in holding):
            decided.append(_opening(component, holding, situation))
    return decided


def _opening(component: str, holding: Sequence[Alert], situation: Situation) -> Decision:
    rules, now = situation.rules, situation.now
    confirmed = [alert for alert in holding if alert.is_open and alert.is_confirmed]
    # The clock of a source may be ahead of ours.
    ripe = [one for one in confirmed if now - min(one.since, now) >= rules.opens_after]
    gone = [
        one.over_at
        for one in situation.incidents
        if one.component == component and one.is_over and one.is_taken_over and one.over_at
    ]
    fresh = [alert for alert in ripe if all(alert.since > over_at for over_at in gone)]
    if component in rules.quiet:
        reason = "The component is quiet."
    elif component in situation.maintained:
        reason = "The component is under a planned maintenance."
    elif not confirmed:
        reason = "Nobody has acknowledged it."
    elif not ripe:
        reason = f"It has not lasted {rules.opens_after} yet."
    elif not fresh:
        reason = "A person has ended its incident while it went on."
    else:
        status = worst(alert.status for alert in fresh)
        reason = f"{_named(fresh)} says {status}."
        return Decision(component=component, action=Action.OPEN, reason=reason, status=status)
    return Decision(component=component, action=Action.LEAVE, reason=reason)


def _about(
    published: Sequence[Published], holding: Sequence[Alert], situation: Situation
) -> list[Decision]:
    """Of several incidents for one component the oldest goes on; all end together."""
    decided = [_going_on(published[0], holding, situation)]
    for twin in published[1:]:
        decision = _going_on(twin, holding, situation)
        if decision.action is Action.UPDATE:
            decision = _leave(twin, f"The incident {published[0].id} is about it.")
        decided.append(decision)
    return decided


def _going_on(incident: Published, holding: Sequence[Alert], situation: Situation) -> Decision:
    if incident.is_taken_over:
        return _leave(incident, "A person has written to the incident.")
    unread = ", ".join(sorted(str(account) for account in _unknown(incident, situation)))
    if holding:
        # What nobody confirmed keeps it as it is: it makes it neither worse nor better.
        confirmed = [alert.status for alert in holding if alert.is_confirmed]
        status = worst(confirmed) if confirmed else incident.status
        if not confirmed or len(confirmed) < len(holding) or unread:
            status = max(status, incident.status, key=rank)
        if status == incident.status:
            return _leave(incident, f"{_named(holding)} holds it open.")
        return Decision(
            component=incident.component,
            action=Action.UPDATE,
            reason=f"{_named(holding)} says {status}, and it was {incident.status}.",
            status=status,
            incident=incident.id,
        )
    if unread:
        return _leave(incident, f"It is not known whether {unread} holds it open.")
    if situation.now - situation.memory.began < situation.rules.resolves_after:
        return _leave(incident, "The bridge has just begun: when it was over is not known.")
    return Decision(
        component=incident.component,
        action=Action.RESOLVE,
        reason="No alert holds it open.",
        status=worst(()),
        incident=incident.id,
    )


def _unknown(incident: Published, situation: Situation) -> frozenset[Account]:
    began, rules = situation.memory.began, situation.rules
    if incident.begun_at < began and situation.now - began < rules.runs_out_after:
        return situation.unread | situation.only_pushed
    return situation.unread


def _leave(incident: Published, reason: str) -> Decision:
    return Decision(
        component=incident.component,
        action=Action.LEAVE,
        reason=reason,
        status=incident.status,
        incident=incident.id,
    )


def _by_component(alerts: Iterable[Alert]) -> Mapping[str, list[Alert]]:
    found: dict[str, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(alert.component, []).append(alert)
    return found


def _named(alerts: Sequence[Alert]) -> str:
    """Name the alert that matters most, and tell how many there are besides."""
    first = max(alerts, key=lambda alert: (rank(alert.status), str(alert.account), alert.id))
    more = len(alerts) - 1
    return f"{first.account} {first.id}" + (f" with {more} more" if more else "")
