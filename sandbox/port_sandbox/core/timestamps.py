"""Timestamps: parsed as leniently as Port does, formatted in one way."""

from datetime import UTC, datetime, timedelta

from port_sandbox.errors import Invalid

DAYS_OF_PRESET = {
    "lastDay": 1,
    "lastWeek": 7,
    "last2Weeks": 14,
    "lastMonth": 30,
    "last3Months": 90,
    "last6Months": 182,
    "last12Months": 365,
}


def formatted(moment: datetime) -> str:
    """Return a moment as Port writes it: UTC, milliseconds, Z."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def parsed(text: object) -> datetime | None:
    """Return the moment that a text names, or nothing; without a zone it is UTC."""
    if not isinstance(text, str) or len(text) < len("2026-01-01"):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def range_of(value: object, now: datetime) -> tuple[datetime, datetime]:
    """Return the first and the last moment of `{from, to}` or `{preset}`."""
    if isinstance(value, dict):
        preset = value.get("preset")
        if isinstance(preset, str):
            return _preset(preset, now)
        first, last = parsed(value.get("from")), parsed(value.get("to"))
        if first and last:
            return first, last
    raise Invalid('"value" must be {"from", "to"} with date-times, or {"preset"}')


def _preset(name: str, now: datetime) -> tuple[datetime, datetime]:
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    starts = {"today": midnight, "yesterday": midnight - day, "tomorrow": midnight + day}
    if name in starts:
        return starts[name], starts[name] + day - timedelta(microseconds=1)
    if name in DAYS_OF_PRESET:
        return now - timedelta(days=DAYS_OF_PRESET[name]), now
    raise Invalid(f'"{name}" is not a preset')
