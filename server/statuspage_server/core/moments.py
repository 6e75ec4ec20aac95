"""Time as the server keeps it: whole milliseconds since 1970, UTC. A clock is given, never made."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

type Moment = int
type Clock = Callable[[], Moment]

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# What a timestamp may be: the years that four digits can write.
EARLIEST = -62_135_596_800_000
LATEST = 253_402_300_799_999


def wall_clock() -> Moment:
    return time.time_ns() // 1_000_000


def as_datetime(moment: Moment) -> datetime:
    return datetime.fromtimestamp(moment / 1000, UTC)


# A list of incidents writes thousands of timestamps, most of them more than once.
_remembered = lru_cache(maxsize=65_536)


@_remembered
def whole_seconds(moment: Moment | None) -> str | None:
    """The manage API's own timestamps: `2024-06-07T01:00:17Z`."""
    if moment is None:
        return None
    return f"{_written(moment // 1000)}Z"


@_remembered
def milliseconds(moment: Moment | None) -> str | None:
    """Timestamps of updates, of webhooks and of the public API: `2024-06-07T01:00:17.239Z`."""
    if moment is None:
        return None
    return f"{_written(moment // 1000)}.{moment % 1000:03d}Z"


def _written(seconds: int) -> str:
    """isoformat, since strftime does not pad years and is slower."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()


_RUBYS_ZONE = re.compile(r"\s+(UTC|GMT|Z|[+-]\d\d:?\d\d)$", re.IGNORECASE | re.ASCII)


def _as_iso(zone: re.Match[str]) -> str:
    return zone[1] if zone[1][0] in "+-" else "Z"


def parse_moment(text: str) -> Moment:
    """Read an ISO 8601 timestamp, or as Ruby writes one (`2027-05-01 10:00:00 UTC`); without a
    zone it is UTC. Raises ValueError."""
    at = datetime.fromisoformat(_RUBYS_ZONE.sub(_as_iso, text.strip()))
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    try:
        moment = round(at.timestamp() * 1000)
    except OverflowError as error:
        raise ValueError("out of range") from error
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("out of range")
    return moment
