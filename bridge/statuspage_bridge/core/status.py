"""The statuses of a component from well to worst, and the impacts of an incident."""

from collections.abc import Iterable

OPERATIONAL = "operational"
STATUSES = (
    OPERATIONAL,
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
)
IMPACTS = ("none", "minor", "major", "critical")


def rank(status: str) -> int:
    """Return how bad a status is; one that is not known is not bad."""
    return STATUSES.index(status) if status in STATUSES else 0


def worst(statuses: Iterable[str]) -> str:
    """Return the worst of some statuses."""
    return max(statuses, key=rank, default=OPERATIONAL)


def impact_of(status: str) -> str:
    """Return the impact that Statuspage works out for a component's status."""
    match status:
        case "major_outage":
            return "major"
        case "partial_outage" | "degraded_performance":
            return "minor"
    return "none"


def worst_impact(impacts: Iterable[str]) -> str:
    """Return the worst of some impacts; one that is not known is not bad."""
    known = (impact for impact in impacts if impact in IMPACTS)
    return max(known, key=IMPACTS.index, default="none")
