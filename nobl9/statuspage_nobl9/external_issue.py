"""An issue from outside: what a monitoring system says of a component by its name. No I/O."""

from dataclasses import dataclass
from datetime import datetime

from statuspage import Raw, UnusableArgument

from .moments import written
from .statuses import STATUSES
from .versions import Version

REQUESTED_BY = "external-system"
LONGEST_REQUESTED_BY = 50
LONGEST_URL = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIssue:
    """One report. `status` is how the component is, where that is known."""

    component_name: str
    occurred_at: datetime
    comment: str = ""
    requested_by: str = REQUESTED_BY
    status: str | None = None
    propagate: bool = False
    url: str | None = None

    def __post_init__(self) -> None:
        """Refuse what the API would, before anything is sent."""
        if not self.component_name.strip():
            raise UnusableArgument("component_name", "is empty: name a component.")
        if self.status is not None and self.status not in STATUSES:
            known = ", ".join(STATUSES)
            raise UnusableArgument("status", f"is {self.status!r}: it can be {known}.")
        if self.propagate and self.status is None:
            raise UnusableArgument("propagate", "needs a status to hand on: give one.")
        if not 1 <= len(self.requested_by.strip()) <= LONGEST_REQUESTED_BY:
            raise UnusableArgument(
                "requested_by", f"has to be a name of 1 to {LONGEST_REQUESTED_BY} characters."
            )
        if self.url is not None and not _is_url(self.url):
            raise UnusableArgument(
                "url", f"has to be an address of {LONGEST_URL} characters at most."
            )

    def body(self, version: Version) -> Raw:
        """Return what is sent: only v1 takes a status with it, only v2 an address."""
        body: Raw = {
            "componentName": self.component_name,
            "occurredAt": written(self.occurred_at),
            "comment": self.comment,
            "requestedBy": self.requested_by,
        }
        if version is Version.V1 and self.status is not None:
            body["statusChange"] = {"status": self.status, "propagateUp": self.propagate}
        if version is Version.V2 and self.url is not None:
            body["url"] = self.url
        return body


def _is_url(text: str) -> bool:
    return text.startswith(("https://", "http://")) and len(text) <= LONGEST_URL
