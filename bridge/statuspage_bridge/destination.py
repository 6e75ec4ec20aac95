"""What the bridge writes to: a status page, whoever runs it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from .core.plan import Decision

type Raw = dict[str, Any]


class Destination(Protocol):
    """One page. Incidents are as the Statuspage API has them."""

    async def open_incidents(self) -> list[Raw]:
        """Return what is open."""

    async def newest_incidents(self) -> list[Raw]:
        """Return the newest ones, open or over."""

    async def incident(self, id_: str) -> Raw | None:
        """Return one incident, None where it is no longer there."""

    async def maintained(self) -> frozenset[str]:
        """Return the components under a maintenance that runs."""

    async def ids(self, names: Iterable[str], now: datetime) -> dict[str, str]:
        """Return the ids of components by what alerts call them, as far as they are there."""

    async def carry_out(self, decision: Decision, incident: Raw | None, now: datetime) -> Raw:
        """Do what was decided about an incident, and return the incident."""

    def name_of(self, component: str) -> str:
        """Return what a component is called."""
