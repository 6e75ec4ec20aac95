"""A correction of an update that is already there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from statuspage.errors import UnusableArgument

from .fields import given, settle


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEdit:
    """What is to be different in an incident's update: its text, or when it happened."""

    body: str | None = None
    display_at: datetime | None = None
    deliver_notifications: bool = False

    def __post_init__(self) -> None:
        """Refuse what would change nothing."""
        settle(self)
        if self.body is None and self.display_at is None:
            raise UnusableArgument("body", "is empty, so that nothing would change.")

    def request(self) -> dict[str, Any]:
        """Return the body of the request that makes it."""
        return {"incident_update": given(self)}
