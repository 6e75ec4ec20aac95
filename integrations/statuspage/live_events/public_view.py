"""Whether a page's public view, which is cached for some seconds, shows what was just read."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from kinds import ObjectKind
from publishing.cache import Cache
from resync.streams import moment
from statuspage import Raw, page_status

# A view that still does not show a change after so long is left to the resync.
SHOWS_WITHIN = 2 * page_status.CACHED_FOR

# QUIRKS.md: two changes of a component within a second.
CUT = timedelta(seconds=1)


def is_behind(
    rows: Iterable[Raw], components: Mapping[str, Raw | None], cache: Cache, now: float
) -> float | None:
    """Return for how long at least the view has been behind, None when it is not.

    It is held against the components that were just read, and those that were read before.
    """
    ages = (_behind(row, components, cache, now) for row in rows)
    return min((age for age in ages if age is not None), default=None)


def _behind(
    row: Raw, components: Mapping[str, Raw | None], cache: Cache, now: float
) -> float | None:
    raw, age = components.get(row["id"]), 0.0
    if row["id"] not in components:
        cached = cache.get((ObjectKind.COMPONENT, row["id"]))
        if cached is None:
            return None
        raw, age = cached.raw, now - cached.read_at
    if raw is None:
        return age if age < SHOWS_WITHIN and not row.get("group") else None
    if raw.get("status") == row.get("status"):
        return None
    shown, known = moment(row.get("updated_at")), moment(raw.get("updated_at"))
    if shown is None or known is None or shown < known:
        return age
    # A row that changed later tells of a change whose event is still on its way. Two changes within
    # a second cannot be told apart, but by now the view shows whatever was read so long ago.
    return age if shown < known + CUT and age < SHOWS_WITHIN else None
