"""Times as others write them."""

from datetime import UTC, datetime


def moment(value: object) -> datetime | None:
    """Return a time, None where there is none; without a zone it is meant as UTC."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
