"""Points in time, as Nobl9 writes them."""

from datetime import UTC, datetime
from typing import Any


def written(moment: datetime) -> str:
    """Return a point in time in UTC; one without a zone is meant so already."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def read(value: Any) -> datetime | None:
    """Return the point in time that the API wrote, None where it is none."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
