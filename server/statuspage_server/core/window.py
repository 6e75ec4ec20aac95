"""Rolling windows: never more than N of something in any so many seconds, 60 usually."""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

WINDOW_SECONDS = 60.0
MANY = 10_000


class RollingWindow:
    """Counts what was let through; what was refused does not prolong the wait."""

    def __init__(self, seconds: float = WINDOW_SECONDS) -> None:
        self._seconds = seconds
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
        return max(1, ceil(oldest_in_the_way + self._seconds - now))

    @property
    def is_idle(self) -> bool:
        return not self._passed

    def forget(self, now: float) -> None:
        while self._passed and self._passed[0] <= now - self._seconds:
            self._passed.popleft()


@dataclass
class RollingWindows:
    """One for each key that was seen lately, such as an address or the id of an API key."""

    seconds: float = WINDOW_SECONDS
    _windows: dict[str, RollingWindow] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._windows)

    def wait(self, key: str, now: float, limit: int) -> int:
        if key not in self._windows and len(self._windows) >= MANY:
            self._forget(now)
        return self._windows.setdefault(key, RollingWindow(self.seconds)).wait(now, limit)

    def left(self, key: str, now: float, limit: int) -> int:
        window = self._windows.get(key)
        return window.left(now, limit) if window else 0

    def _forget(self, now: float) -> None:
        for window in self._windows.values():
            window.forget(now)
        self._windows = {key: one for key, one in self._windows.items() if not one.is_idle}
