"""A new maintenance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .checks import Metadata, check_period
from .fields import affecting, given, settle
from .words import MAINTENANCE_STATUSES, OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMaintenance:
    """A maintenance to announce.

    Unless told otherwise it begins by itself and somebody ends it, and its components are under
    maintenance in between. A status in `components` is set at once, before it begins.
    """

    name: str
    scheduled_for: datetime
    scheduled_until: datetime
    status: str = "scheduled"
    body: str | None = None
    impact_override: str | None = None
    components: Mapping[str, str | None] = field(default_factory=dict)
    metadata: Metadata | None = None
    scheduled_auto_in_progress: bool = True
    scheduled_auto_completed: bool = False
    auto_transition_to_maintenance_state: bool = True
    auto_transition_to_operational_state: bool = True
    # Each of these reaches subscribers.
    deliver_notifications: bool = False
    scheduled_remind_prior: bool = False
    auto_transition_deliver_notifications_at_start: bool = False
    auto_transition_deliver_notifications_at_end: bool = False

    def __post_init__(self) -> None:
        """Refuse what the API could not take."""
        settle(self, MAINTENANCE_STATUSES)
        check_period(self.scheduled_for, self.scheduled_until)

    @property
    def is_over(self) -> bool:
        """Tell whether it is over from the beginning, and never among what is open."""
        return self.status in OVER

    def request(self) -> dict[str, Any]:
        """Return the body of the request that creates it."""
        return {"incident": given(self) | affecting(self.components)}
