"""A change of an incident or maintenance, which adds an update where it has a text or a status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .checks import Metadata, check_period
from .fields import given, settle
from .words import INCIDENT_STATUSES, MAINTENANCE_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different; everything else stays.

    `components` has new statuses by component id; what was affected before stays so.
    """

    name: str | None = None
    status: str | None = None
    body: str | None = None
    impact_override: str | None = None
    components: Mapping[str, str] = field(default_factory=dict)
    deliver_notifications: bool = False
    metadata: Metadata | None = None
    reminder_intervals: str | None = None
    scheduled_for: datetime | None = None
    scheduled_until: datetime | None = None
    scheduled_auto_in_progress: bool | None = None
    scheduled_auto_completed: bool | None = None
    scheduled_remind_prior: bool | None = None
    auto_transition_to_maintenance_state: bool | None = None
    auto_transition_to_operational_state: bool | None = None
    auto_transition_deliver_notifications_at_start: bool | None = None
    auto_transition_deliver_notifications_at_end: bool | None = None

    def __post_init__(self) -> None:
        """Refuse what the API could not take."""
        settle(self, (*INCIDENT_STATUSES, *MAINTENANCE_STATUSES))
        check_period(self.scheduled_for, self.scheduled_until)

    @property
    def is_empty(self) -> bool:
        """Tell whether it would change nothing."""
        return not given(self).keys() - {"deliver_notifications"}

    def request(self) -> dict[str, Any]:
        """Return the body of the request that makes it.

        There is no `component_ids` in it, which would take out the components that it leaves out.
        """
        return {"incident": given(self)}
