"""What every part reads from the API's objects, however oddly they are filled. No I/O."""

from datetime import UTC, datetime

from .answers import Raw
from .drafts.words import MAINTENANCE_STATUSES, OVER


def objects(value: object) -> list[Raw]:
    """Return the objects of a list, which may be null or hold something else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def moment(value: object) -> datetime | None:
    """Return a time as the API writes it, None where there is none."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    # Whatever is without a zone can only be meant as UTC, and must not fail a comparison.
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_maintenance(incident: Raw) -> bool:
    """Tell a maintenance from an incident."""
    return bool(incident.get("scheduled_for")) or incident.get("status") in MAINTENANCE_STATUSES


def is_over(incident: Raw) -> bool:
    """Tell whether it is neither open nor planned nor running."""
    return incident.get("status") in OVER
