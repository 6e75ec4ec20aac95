"""A page on which nothing is open and which has every component: for trying something out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .core.decision import Decision
from .destination import Done
from .errors import PageFailed
from .templates import Written

type Raw = dict[str, Any]


class EmptyPage:
    """Nothing can be written to it."""

    id = ""

    async def open_incidents(self) -> list[Raw]:
        """Return nothing."""
        return []

    async def newest_incidents(self) -> list[Raw]:
        """Return nothing."""
        return []

    async def incident(self, id_: str) -> None:
        """Return nothing."""

    async def maintained(self) -> frozenset[str]:
        """Return nothing."""
        return frozenset()

    async def ids(self, names: Iterable[str], now: datetime) -> dict[str, str]:  # noqa: ARG002
        """Return each name as its own id."""
        return {name: name for name in names}

    async def carry_out(
        self,
        decision: Decision,  # noqa: ARG002
        open_ones: Iterable[Raw],  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> Done:
        """Refuse."""
        raise PageFailed("There is no page to write to.")

    def write(self, decision: Decision) -> Written:  # noqa: ARG002
        """Refuse."""
        raise PageFailed("There is no page to write for.")

    def name_of(self, component: str) -> str:
        """Return what the alert calls it."""
        return component
