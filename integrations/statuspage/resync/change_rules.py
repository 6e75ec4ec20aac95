"""What the moments and the order of incidents tell of changes. No I/O."""

from datetime import datetime
from itertools import pairwise

from statuspage import Raw

from .streams import moment


def nothing_newer_follows(batch: list[Raw], since: datetime) -> bool:
    """Tell whether a list's own order proves that what follows is older than `since`.

    Newest first by creation: nothing that follows was created since; newest first by update:
    nothing that follows changed since. In any other order a batch proves nothing, and where it
    falls both ways, both have to be past `since`.
    """
    lasts = [last_of_falling(batch, key) for key in ("created_at", "updated_at")]
    known = [last for last in lasts if last is not None]
    return bool(known) and all(last < since for last in known)


def last_of_falling(batch: list[Raw], key: str) -> datetime | None:
    """Return the last moment of a batch that falls by this key; None when it does not."""
    moments = [moment(incident.get(key)) for incident in batch]
    dated = [value for value in moments if value is not None]
    # Moments that are mostly the same, as after an import, fall in any order.
    ordered = len(dated) == len(batch) and 2 * len(set(dated)) > len(dated)
    if not ordered or not all(one >= after for one, after in pairwise(dated)):
        return None
    return dated[-1] if dated else None


def changed_since(incident: Raw, since: datetime) -> bool:
    """Tell whether an incident's timestamps leave room for a change since then."""
    moments = (moment(incident.get(key)) for key in ("updated_at", "created_at"))
    known = [value for value in moments if value is not None]
    return not known or max(known) >= since
