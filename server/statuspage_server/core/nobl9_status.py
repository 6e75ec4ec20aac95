"""The three statuses of Nobl9, and how the five of a status page translate into them."""

from enum import StrEnum

from statuspage_server.core.status import ComponentStatus


class Nobl9Status(StrEnum):
    """https://docs.nobl9.com/organization-status"""

    OPERATIONAL = "operational"
    DEGRADED_PERFORMANCE = "degradedPerformance"
    MAJOR_OUTAGE = "majorOutage"


_TO_PAGE = {
    Nobl9Status.OPERATIONAL: ComponentStatus.OPERATIONAL,
    Nobl9Status.DEGRADED_PERFORMANCE: ComponentStatus.DEGRADED_PERFORMANCE,
    Nobl9Status.MAJOR_OUTAGE: ComponentStatus.MAJOR_OUTAGE,
}
_FROM_PAGE: dict[str, Nobl9Status] = {
    **{page: nobl9 for nobl9, page in _TO_PAGE.items()},
    # A disruption is unplanned: https://docs.nobl9.com/organization-status/disruptions-and-impact
    ComponentStatus.UNDER_MAINTENANCE: Nobl9Status.OPERATIONAL,
    ComponentStatus.PARTIAL_OUTAGE: Nobl9Status.DEGRADED_PERFORMANCE,
}


def page_status(status: Nobl9Status) -> ComponentStatus:
    return _TO_PAGE[status]


def nobl9_status(status: str | None) -> Nobl9Status:
    """An unknown word counts as operational, as it does for a page's own status."""
    return _FROM_PAGE.get(status or "", Nobl9Status.OPERATIONAL)
