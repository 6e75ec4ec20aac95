"""A page's overall status, which the manage API does not tell.

The table follows the vendor's rules and what was recorded of them (QUIRKS.md, "Page status"):
https://support.atlassian.com/statuspage/docs/top-level-status-and-incident-impact-calculations/
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from .answers import Raw

# A public answer may be as old as its cache, and a second for the way.
CACHED_FOR = 11.0

INDICATORS = frozenset({"none", "minor", "major", "critical", "maintenance"})


@dataclass(frozen=True, slots=True)
class PageStatus:
    """What a page shows at its top."""

    indicator: str
    description: str

    def raw(self) -> Raw:
        """Return it in the shape of the public API."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a page shows in public: its status, and a row for each component and group.

    `page` is what it says of the page itself, with the moment of its last change.
    """

    status: PageStatus
    rows: list[Raw]
    page: Raw = field(default_factory=dict)


OPERATIONAL = PageStatus("none", "All Systems Operational")

# The worst status decides: (when some components have it, when all have it).
_BY_WORST = {
    "major_outage": (
        PageStatus("major", "Partial System Outage"),
        PageStatus("critical", "Major System Outage"),
    ),
    "partial_outage": (
        PageStatus("minor", "Minor Service Outage"),
        PageStatus("major", "Partial System Outage"),
    ),
    "degraded_performance": (PageStatus("minor", "Partially Degraded Service"),) * 2,
    "under_maintenance": (PageStatus("maintenance", "Service Under Maintenance"),) * 2,
}


def derived(components: Iterable[Raw]) -> PageStatus:
    """Work a page's status out of its component rows; group rows only repeat their members."""
    statuses = [row.get("status") for row in components if not row.get("group")]
    for worst, (some, every) in _BY_WORST.items():
        if worst in statuses:
            return every if all(status == worst for status in statuses) else some
    return OPERATIONAL


def published(answer: object) -> PageStatus | None:
    """Read the public API's answer; None when it is not one."""
    status = answer.get("status") if isinstance(answer, dict) else None
    if not isinstance(status, dict):
        return None
    indicator, description = status.get("indicator"), status.get("description")
    if not isinstance(indicator, str) or not isinstance(description, str):
        return None
    if indicator not in INDICATORS:
        return None
    return PageStatus(indicator, description)


def summary(answer: object) -> Summary | None:
    """Read the public API's summary; None when it is not one."""
    status = published(answer)
    rows = answer.get("components") if isinstance(answer, dict) else None
    if status is None or not isinstance(rows, list):
        return None
    page = answer.get("page") if isinstance(answer, dict) else None
    shown = [row for row in rows if isinstance(row, dict) and row.get("id")]
    return Summary(status, shown, page if isinstance(page, dict) else {})


def is_public(page: Raw) -> bool:
    """Tell whether anybody may read the page, so that asking its public API is worth a try."""
    return not page.get("viewers_must_be_team_members") and not page.get("ip_restrictions")
