"""How often one address, and all together, may try what is open to everyone."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from statuspage_server.core.addresses import neighbourhood
from statuspage_server.core.window import RollingWindow
from statuspage_server.errors import RateLimited

MANY = 10_000


@dataclass
class Attempts:
    """Rolling windows of a minute, kept by this process."""

    each: int
    together: int
    monotonic: Callable[[], float] = time.monotonic
    _all: RollingWindow = field(default_factory=RollingWindow)
    _windows: dict[str, RollingWindow] = field(default_factory=dict)

    def count(self, host: str) -> None:
        """Raises RateLimited with the seconds to wait."""
        now = self.monotonic()
        if len(self._windows) > MANY:
            for window in self._windows.values():
                window.forget(now)
            self._windows = {key: w for key, w in self._windows.items() if not w.is_idle}
        mine = self._windows.setdefault(neighbourhood(host), RollingWindow())
        seconds = mine.wait(now, self.each) or self._all.wait(now, self.together)
        if seconds:
            raise RateLimited(seconds, 429)
