"""What the bridge writes to: a status page, whoever runs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .core.decision import Decision
from .templates import Written

type Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """An incident after a write, and what was wrong with the templates of its texts."""

    incident: Raw
    faults: tuple[str, ...] = ()


class Destination(Protocol):
    """One page. Incidents are as the Statuspage API has them."""

    @property
    def id(self) -> str:
        """The page's id."""

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

    async def carry_out(self, decision: Decision, open_ones: Iterable[Raw], now: datetime) -> Done:
        """Do what was decided about an incident; `open_ones` are all that are open."""

    def write(self, decision: Decision) -> Written:
        """Return the texts of a decision."""

    def name_of(self, component: str) -> str:
        """Return what a component is called."""
