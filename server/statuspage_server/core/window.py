"""The rolling window of a key: never more than N requests in any 60 seconds."""

from collections import deque
from math import ceil

WINDOW_SECONDS = 60.0


class RollingWindow:
    """Counts what was let through; what was refused does not prolong the wait."""

    def __init__(self) -> None:
        self._passed: deque[float] = deque()

    def wait(self, now: float, limit: int) -> int:
        """Seconds to wait before the next request, or 0 when it may pass (and is counted)."""
        seconds = self.left(now, limit)
        if not seconds:
            self._passed.append(now)
        return seconds

    def left(self, now: float, limit: int) -> int:
        """The same, without counting."""
        self.forget(now)
        if len(self._passed) < limit:
            return 0
        oldest_in_the_way = self._passed[len(self._passed) - limit]
        return max(1, ceil(oldest_in_the_way + WINDOW_SECONDS - now))

    @property
    def is_idle(self) -> bool:
        return not self._passed

    def forget(self, now: float) -> None:
        while self._passed and self._passed[0] <= now - WINDOW_SECONDS:
            self._passed.popleft()
