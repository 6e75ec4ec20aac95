"""When the next request may be sent, and when a page is looked at next."""

import math
from dataclasses import dataclass, field

from resync.public_documents import OlderDocument, UnusableDocument
from statuspage import Clock, RequestError, Throttled

# Of the whole process, so that hundreds of pages are no burden to anybody.
MOST_A_SECOND = 10.0

# Enough for so many requests a second, and few of the connections that the manage API needs too.
AT_ONCE = 5

# Where there is no view to be read, or none after many failures, it is looked for so rarely.
SELDOM = 3600.0

# So a page that takes a second to answer is asked for something a tenth of the time at most.
SHARE = 10.0

# The vendor's servers keep an answer for so long.
CACHED_FOR = 11.0

# Multiples of it, each without its whole part, lie evenly between 0 and 1, however many there are.
GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(slots=True)
class Pace:
    """Hands out the turns of all pages, one after the other."""

    clock: Clock
    _next: float = 0.0
    _pages: int = field(default=0)

    async def turn(self) -> None:
        """Wait until one more request may be sent."""
        now = self.clock.now()
        at = max(self._next, now)
        self._next = at + 1 / MOST_A_SECOND
        if at > now:
            await self.clock.sleep(at - now)

    def phase(self) -> float:
        """Return the place of one more page within the interval, a share of it."""
        self._pages += 1
        return self._pages * GOLDEN % 1.0


def wait_for_next(now: float, interval: float, phase: float) -> float:
    """Return the seconds until a page's own place in the interval comes round again.

    At least half an interval lies between two looks.
    """
    since = (now - phase * interval) % interval
    wait = interval - since
    return wait if wait >= interval / 2 else wait + interval


def wait_after_failure(
    error: RequestError | UnusableDocument, failures: int, interval: float
) -> float:
    """Return the seconds until a view is asked for again that could not be read."""
    if isinstance(error, OlderDocument):
        # The next copy may be the newest.
        return interval
    wait = min(interval * 2.0 ** min(failures - 1, 10), max(SELDOM, interval))
    if isinstance(error, Throttled) and error.retry_after is not None:
        return min(max(wait, error.retry_after), SELDOM)
    return wait
