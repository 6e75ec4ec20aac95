"""The statuses of components, and what they add up to for a group and for a page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class ComponentStatus(StrEnum):
    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


# From good to bad, as the vendor ranks them: a fault counts for more than planned work.
RANK = {status: rank for rank, status in enumerate(ComponentStatus)}


def worst(statuses: Iterable[str]) -> ComponentStatus:
    """The worst of some statuses; operational where there is none. Unknown words do not count."""
    known = [ComponentStatus(status) for status in statuses if status in RANK]
    return max(known, key=RANK.__getitem__, default=ComponentStatus.OPERATIONAL)


@dataclass(frozen=True, slots=True)
class TopLevel:
    indicator: str
    description: str


_SOME_OUTAGE = TopLevel("major", "Partial System Outage")
_MINOR_OUTAGE = TopLevel("minor", "Minor Service Outage")
_PARTLY_DEGRADED = TopLevel("minor", "Partially Degraded Service")

_SOME = {
    ComponentStatus.OPERATIONAL: TopLevel("none", "All Systems Operational"),
    ComponentStatus.UNDER_MAINTENANCE: TopLevel("maintenance", "Service Under Maintenance"),
    ComponentStatus.DEGRADED_PERFORMANCE: _PARTLY_DEGRADED,
    ComponentStatus.PARTIAL_OUTAGE: _MINOR_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE: _SOME_OUTAGE,
}
_ALL = {
    ComponentStatus.PARTIAL_OUTAGE: _SOME_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE: TopLevel("critical", "Major System Outage"),
}
_INCIDENT_WITHOUT_COMPONENTS = {
    "minor": _MINOR_OUTAGE,
    "major": _SOME_OUTAGE,
    "critical": TopLevel("critical", "Major System Outage"),
    "maintenance": TopLevel("maintenance", "Service Under Maintenance"),
}


def top_level(statuses: Collection[str], open_impacts: Iterable[str] = ()) -> TopLevel:
    """A page's status from its components alone (group rows left out by the caller).

    Open incidents only speak on a page that has no components.
    """
    if not statuses:
        order = ("critical", "major", "minor", "maintenance")
        impacts = set(open_impacts)
        return next(
            (_INCIDENT_WITHOUT_COMPONENTS[impact] for impact in order if impact in impacts),
            _SOME[ComponentStatus.OPERATIONAL],
        )
    decisive = worst(statuses)
    everywhere = all(status == decisive for status in statuses)
    return _ALL.get(decisive, _SOME[decisive]) if everywhere else _SOME[decisive]


def group_status(members: Iterable[str]) -> ComponentStatus:
    return worst(members)
