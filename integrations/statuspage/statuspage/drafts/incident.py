"""A new incident."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from statuspage.errors import UnusableArgument

from .checks import Metadata
from .fields import affecting, given, settle
from .words import INCIDENT_STATUSES, OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """An incident to open, or with `backfill_date` one that belongs into the page's history.

    `components` has the status of each by its id; None is one that is affected and stays as it is.
    """

    name: str
    status: str | None = None
    body: str | None = None
    impact_override: str | None = None
    components: Mapping[str, str | None] = field(default_factory=dict)
    deliver_notifications: bool = False
    metadata: Metadata | None = None
    reminder_intervals: str | None = None
    backfill_date: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what the API could not take."""
        settle(self, INCIDENT_STATUSES)
        if self.backfill_date is not None and self.components:
            raise UnusableArgument("components", "cannot be given to an incident of the past.")

    @property
    def is_over(self) -> bool:
        """Tell whether it is over from the beginning, and never among what is open."""
        return self.status in OVER or self.backfill_date is not None

    def request(self) -> dict[str, Any]:
        """Return the body of the request that creates it."""
        past = {} if self.backfill_date is None else {"backfilled": True}
        return {"incident": given(self) | affecting(self.components) | past}
