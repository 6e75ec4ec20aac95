"""Which of the API's lists show an incident, told by the incident itself."""

from collections.abc import Iterable

from statuspage import Collection, Raw

FINISHED = frozenset({"resolved", "postmortem", "completed"})

STATUSES = {
    Collection.UNRESOLVED: frozenset({"investigating", "identified", "monitoring"}),
    Collection.SCHEDULED: frozenset({"scheduled", "in_progress", "verifying"}),
    Collection.UPCOMING: frozenset({"scheduled"}),
    Collection.ACTIVE_MAINTENANCE: frozenset({"in_progress", "verifying"}),
}
OPEN = STATUSES[Collection.UNRESOLVED] | STATUSES[Collection.SCHEDULED]


def in_scope(incident: Raw, scopes: Iterable[Collection]) -> bool:
    """Tell whether the lists of these scopes would show an incident of its status."""
    return any(
        scope is Collection.INCIDENTS or incident.get("status") in STATUSES[scope]
        for scope in scopes
    )
