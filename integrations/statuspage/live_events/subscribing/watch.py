"""When the subscriptions are checked: at the start, at each resync, and every half hour."""

import asyncio
from collections.abc import Awaitable, Callable

# Statuspage gives a webhook up silently, about an hour after it became unreachable.
REGULAR = 1800.0

# After a check that failed: soon, then ever later.
FIRST_RETRY = 30.0

# A resync that begins so soon after a check needs none of its own: often both begin at the start.
STILL_FRESH = 60.0


def wait_after(failures: int) -> float:
    """Return the seconds until the next check, after so many that failed in a row."""
    return REGULAR if not failures else min(FIRST_RETRY * 2.0 ** min(failures - 1, 10), REGULAR)


class Watch:
    """Runs a check again and again, until its task is cancelled."""

    def __init__(self, check: Callable[[], Awaitable[bool]]) -> None:
        self._check = check
        self._woken = asyncio.Event()
        self._checked_at = float("-inf")

    async def run(self) -> None:
        """Check now and for ever."""
        failures = 0
        while True:
            complete = await self._check()
            failures = 0 if complete else failures + 1
            self._checked_at = asyncio.get_running_loop().time()
            self._woken.clear()
            try:
                async with asyncio.timeout(wait_after(failures)):
                    await self._woken.wait()
            except TimeoutError:
                pass

    def wake(self) -> None:
        """Let the next check be now; one that is under way or has just been is good enough."""
        if asyncio.get_running_loop().time() - self._checked_at >= STILL_FRESH:
            self._woken.set()
