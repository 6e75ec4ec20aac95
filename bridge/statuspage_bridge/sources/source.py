"""What every source is, whatever it speaks with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from statuspage_bridge.core.alert import Account, Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A request as it came. Names of headers are in small letters."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a webhook tells: some alerts, or only that something has changed, or nothing.

    `id` is the same when the webhook is delivered again.
    """

    alerts: Sequence[Alert] = ()
    something_changed: bool = False
    id: str | None = None


class Reader(Protocol):
    """What can be asked for all alerts that are open."""

    @property
    def account(self) -> Account: ...

    async def read(self, now: datetime) -> list[Alert]: ...


class Source(Protocol):
    """One account of one source."""

    @property
    def account(self) -> Account: ...

    @property
    def reader(self) -> Reader | None:
        """None where it only pushes: its alerts then run out unless they are renewed."""

    def authenticate(self, webhook: Webhook, now: datetime) -> None:
        """Refuse a webhook that others may have sent."""

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return what a webhook tells, or refuse one that makes no sense."""
