"""Reads all sources at the same time; one that fails stops no other."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .core.alert import Account, Alert
from .core.memory import Memory
from .errors import SourceUnread
from .sources.source import Reader

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What the sources say, and why some of them could not be read."""

    at: datetime
    alerts: dict[Account, list[Alert]] = field(default_factory=dict)
    unread: dict[Account, str] = field(default_factory=dict)

    def taken_over(self, memory: Memory) -> Memory:
        """Return what is remembered once all of this is taken over."""
        for account, alerts in self.alerts.items():
            memory = memory.read(account, alerts, self.at)
        return memory

    def why(self) -> dict[str, str]:
        """Return why accounts could not be read, by their names."""
        return {str(account): sentence for account, sentence in self.unread.items()}


async def read_all(sources: Sequence[Reader], now: datetime) -> Found:
    """Ask every source what is open."""
    answers = await asyncio.gather(
        *(source.read(now) for source in sources), return_exceptions=True
    )
    found = Found(now)
    for source, answer in zip(sources, answers, strict=True):
        if isinstance(answer, list):
            found.alerts[source.account] = answer
        elif isinstance(answer, Exception):
            found.unread[source.account] = str(answer)
            # A fault of ours in one source must not end the others.
            trace = None if isinstance(answer, SourceUnread) else answer
            log.warning("%s Nothing is closed that it may hold.", answer, exc_info=trace)
        else:
            raise answer
    return found
