"""An alert, whatever it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of one source, such as `hugops` of PagerDuty."""

    source: str
    name: str

    def __str__(self) -> str:
        """As logs and answers name it."""
        return f"{self.source}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """That something is wrong with one component, or was.

    `component` is its id on the page, or what a tag calls it until it is looked up. `since` is
    when the alert began, or when it was over.
    """

    account: Account
    id: str
    component: str
    status: str
    since: datetime
    is_open: bool = True
    # In PagerDuty: acknowledged. An alert that is not keeps an incident open, but opens none.
    is_confirmed: bool = True
    # What the incident begins with where the alert says it, such as `identified`.
    incident_status: str = ""
    # None where the source is read, so that what it does not say is over.
    renewed_at: datetime | None = None
    # What the source says of it, for rules and templates; never shown by itself, since it is
    # internal text. `group` is what the source sends alerts together by, such as a groupKey.
    title: str = ""
    severity: str = ""
    priority: str = ""
    group: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Account, str, str]:
        """What tells it from others: one alert may be about several components."""
        return self.account, self.id, self.component
