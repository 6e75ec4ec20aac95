"""Points in time and lengths as people write them. No I/O: the time that is now is handed in."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MOMENTS = "now, +2h, 22:00, tomorrow 22:00, 2026-03-01 22:00, 2026-03-01T22:00:00+01:00 (or Z)"
LENGTHS = "90m, 2h, 1h30m, 3d"

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_LENGTH = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+)s)?")
_DAYS = {"today": 0, "tomorrow": 1}
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def parse_moment(text: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """Return a point in time, in UTC; raise `ValueError` with a sentence when it is none.

    Where no zone is written, `zone` counts, and where that is None, the system's.
    """
    said = " ".join(text.split()).lower()
    if said == "now":
        return now.astimezone(UTC)
    try:
        if said[:1] in ("+", "-"):
            length = parse_length(said[1:])
            return (now + length if said[0] == "+" else now - length).astimezone(UTC)
        return _on_a_clock(said, now, zone) or _in_zone(datetime.fromisoformat(said.upper()), zone)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no point in time: write one as {MOMENTS}.") from None


def parse_length(text: str) -> timedelta:
    """Return a length of time; raise `ValueError` with a sentence when it is none."""
    match = _LENGTH.fullmatch("".join(text.split()).lower())
    try:
        given = zip(_UNITS.values(), match.groups() if match else (), strict=False)
        length = timedelta(**{unit: int(count) for unit, count in given if count})
    except OverflowError:
        length = timedelta()
    if not length:
        raise ValueError(f"{text!r} is no length of time: write one as {LENGTHS}.")
    return length


def _on_a_clock(said: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    """Read `22:00`, which is the next time that a clock shows it, and `tomorrow 22:00`."""
    day, _, clock = said.rpartition(" ")
    if not _CLOCK.fullmatch(clock) or (day and day not in _DAYS):
        return None
    today = now.astimezone(zone).date()
    at = time.fromisoformat(clock.zfill(5))
    if day:
        return _at(today + timedelta(days=_DAYS[day]), at, zone)
    moment = _at(today, at, zone)
    return moment if moment >= now else _at(today + timedelta(days=1), at, zone)


def _at(day: date, at: time, zone: tzinfo | None) -> datetime:
    return _in_zone(datetime.combine(day, at), zone)


def _in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    # A moment without a zone is one of the system's, which knows its summer time on that day.
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)
