"""Who may send next: fair turns within the request window."""

import asyncio
import itertools
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from .errors import UnusableArgument
from .window import RollingWindow, Window

logger = logging.getLogger(__name__)

# Waits shorter than this are the normal rhythm of a full window and not worth a line.
WORTH_A_LINE = 2.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as everything here reads it, so that tests can turn it."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)


class Urgency(Enum):
    """What a request is for."""

    BULK = "bulk"
    INTERACTIVE = "interactive"


class LocalWindow:
    """The request window of this process alone; what `Window` promises."""

    def __init__(self, clock: Clock) -> None:
        self._window = RollingWindow()
        self._clock = clock
        self._names = itertools.count()

    async def take(self, ceiling: int) -> str | float:
        wait = self._window.take(self._clock.now(), ceiling)
        return wait or str(next(self._names))

    async def finish(self, slot: str) -> None:  # noqa: ARG002 (all slots here are alike)
        self._window.finish(self._clock.now())

    async def pause(self, seconds: float) -> None:
        self._window.pause(self._clock.now(), seconds)


class Pacer:
    """Hands out the window's slots in the order in which they were asked for.

    The last `reserve` slots are for interactive work, which therefore waits neither behind a
    resync's queue nor for its slots to run out.
    """

    def __init__(self, window: Window, clock: Clock, *, limit: int, reserve: int = 0) -> None:
        if limit < 1:
            raise UnusableArgument("requests_per_minute", f"is {limit}: it must be at least 1.")
        if not 0 <= reserve < limit:
            raise UnusableArgument(
                "reserve", f"is {reserve}: it must leave at least one of {limit} requests."
            )
        self._window = window
        self._clock = clock
        self._ceilings = {Urgency.BULK: limit - reserve, Urgency.INTERACTIVE: limit}
        # An asyncio.Lock is a fair queue that forgets whoever is cancelled. Only its head asks
        # the window, so nobody is overtaken and a shared window is asked by one at a time.
        self._turns = {urgency: asyncio.Lock() for urgency in Urgency}
        self.sent = 0

    @asynccontextmanager
    async def slot(self, urgency: Urgency) -> AsyncIterator[None]:
        """Wait for a slot, then hold it while the request is under way."""
        slot = await self._take(urgency)
        self.sent += 1
        try:
            yield
        finally:
            await self._window.finish(slot)

    async def _take(self, urgency: Urgency) -> str:
        async with self._turns[urgency]:
            while not isinstance(answer := await self._window.take(self._ceilings[urgency]), str):
                if answer >= WORTH_A_LINE:
                    logger.info("Waiting %.0f s for the request window (%s)", answer, urgency.value)
                await self._clock.sleep(answer)
            return answer

    async def pause(self, seconds: float) -> None:
        """Hold back everyone who shares the key, because the server asked for it."""
        await self._window.pause(seconds)
