"""The request window: never more than so many requests in any 60 seconds.

The vendor measures "1 request / second on a 60 second rolling window" per key, when requests
arrive: https://developer.statuspage.io/#section/Rate-Limiting. We see only when we send and when
the answer is back. So a request holds its slot from the send until 60 seconds after its answer:
whatever the network does between, no 60 seconds on the vendor's clock see more than the limit.
"""

from collections import deque
from typing import Protocol

PERIOD = 60.0


class Window(Protocol):
    """Slots of one key, in this process or shared between several."""

    async def take(self, ceiling: int) -> str | float:
        """Take a slot if fewer than `ceiling` are held.

        Return the slot's name, or the seconds after which asking again makes sense.
        """
        ...

    async def finish(self, slot: str) -> None:
        """Tell that the answer is back: the slot is free `PERIOD` from now."""
        ...

    async def pause(self, seconds: float) -> None:
        """Give out no slot for so long."""
        ...


class RollingWindow:
    """The arithmetic of the window, on whatever clock the caller reads. No I/O."""

    def __init__(self, period: float = PERIOD) -> None:
        self._period = period
        self._unanswered = 0
        self._free_at: deque[float] = deque()
        self._paused_until = float("-inf")

    def take(self, now: float, ceiling: int) -> float:
        """Take a slot and return 0, or return the seconds to wait before asking again."""
        wait = self.wait(now, ceiling)
        if not wait:
            self.count()
        return wait

    def count(self) -> None:
        """Count a request that goes out, whether there was room for it or not."""
        self._unanswered += 1

    def wait(self, now: float, ceiling: int) -> float:
        """Return the seconds to wait before fewer than `ceiling` slots can be held."""
        if now < self._paused_until:
            return self._paused_until - now
        while self._free_at and self._free_at[0] <= now:
            self._free_at.popleft()
        held = self._unanswered + len(self._free_at)
        if held < ceiling:
            return 0.0
        # So many slots must become free first. One without an answer takes a full period at least.
        too_many = held - ceiling
        if too_many < len(self._free_at):
            return self._free_at[too_many] - now
        return self._period

    def finish(self, now: float) -> None:
        """Free the slot of an answered request one period from now."""
        self._unanswered -= 1
        self._free_at.append(now + self._period)

    def pause(self, now: float, seconds: float) -> None:
        """Give out no slot until `seconds` from now."""
        self._paused_until = max(self._paused_until, now + seconds)
