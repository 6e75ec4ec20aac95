"""The words that the API knows, and the sentence for one that it does not.

They are those of https://developer.statuspage.io/#operation/postPagesPageIdIncidents.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from statuspage.errors import UnusableArgument

INCIDENT_STATUSES = ("investigating", "identified", "monitoring", "resolved")
MAINTENANCE_STATUSES = ("scheduled", "in_progress", "verifying", "completed")
OVER = frozenset({"resolved", "completed"})

IMPACTS = ("none", "maintenance", "minor", "major", "critical")

# From good to bad, apart from the maintenance, which is neither.
COMPONENT_STATUSES = (
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
)


def known_word(argument: str, said: object, known: Iterable[str]) -> str:
    """Return the API's word for what somebody wrote, which may have spaces and capitals."""
    known = list(known)
    word = "_".join(str(said).casefold().replace("-", " ").replace("_", " ").split())
    if word in known:
        return word
    near = get_close_matches(word, known, n=1)
    meant = f" Do you mean {near[0]}?" if near else ""
    raise UnusableArgument(argument, f"is {said!r}: it can be {', '.join(known)}.{meant}")
