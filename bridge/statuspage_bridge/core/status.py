"""The statuses of a component, from well to worst."""

from collections.abc import Iterable

OPERATIONAL = "operational"
STATUSES = (
    OPERATIONAL,
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
)


def rank(status: str) -> int:
    """Return how bad a status is; one that is not known is not bad."""
    return STATUSES.index(status) if status in STATUSES else 0


def worst(statuses: Iterable[str]) -> str:
    """Return the worst of some statuses."""
    return max(statuses, key=rank, default=OPERATIONAL)
