"""What a severity says of a component."""

from collections.abc import Mapping

from statuspage_bridge.core.status import STATUSES

SEVERITIES = {
    "critical": "major_outage",
    "error": "partial_outage",
    "warning": "degraded_performance",
}


def status_of(severity: str, default: str, severities: Mapping[str, str] = SEVERITIES) -> str:
    """Return the status of a component; a severity may be one outright."""
    said = severity.strip().lower()
    return said if said in STATUSES else severities.get(said, default)
