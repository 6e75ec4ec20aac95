"""How long ago, or how soon, in words."""

from datetime import datetime

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def relative(moment: datetime, now: datetime) -> str:
    """Return a moment as seen from now; what is more than 30 days away is told as a date."""
    seconds = round((moment - now).total_seconds())
    far = abs(seconds)
    if far > 30 * 86_400:
        return f"{moment:%Y-%m-%d}"
    for length, unit in _UNITS:
        if far >= length:
            count = round(far / length)
            span = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"in {span}" if seconds > 0 else f"{span} ago"
    return "now"
