"""An incident's impact, as the vendor computes it from what updates gave to components."""

from collections.abc import Collection

from statuspage_server.core.status import ComponentStatus, worst

IMPACTS = ("none", "maintenance", "minor", "major", "critical")


def computed_impact(given: Collection[str], page: Collection[str], *, scheduled: bool) -> str:
    """The impact of one update: `given` are the statuses of the components it affects, `page`
    those of every component of the page after it."""
    if scheduled:
        return "maintenance"
    match worst(given):
        case ComponentStatus.MAJOR_OUTAGE:
            out = sum(status == ComponentStatus.MAJOR_OUTAGE for status in page)
            return "critical" if out * 2 > len(page) else "major"
        case ComponentStatus.PARTIAL_OUTAGE | ComponentStatus.DEGRADED_PERFORMANCE:
            return "minor"
        case ComponentStatus.UNDER_MAINTENANCE:
            return "maintenance"
        case _:
            return "none"


def grown_impact(before: str, now: str) -> str:
    """Impact does not fall again when components recover."""
    return max(before, now, key=IMPACTS.index)
