"""How often one address, and all together, may try what is open to everyone."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import Request

from statuspage_server.core.addresses import neighbourhood
from statuspage_server.core.window import RollingWindow, RollingWindows
from statuspage_server.errors import RateLimited
from statuspage_server.web.dependencies import address_of

# A few mistakes of a person, and fewer mails than anyone would call a flood.
EACH, TOGETHER = 6, 60
TOO_MANY = "There were too many tries. Wait a minute and try again."


@dataclass
class Attempts:
    """Kept by this process."""

    each: int = EACH
    together: int = TOGETHER
    monotonic: Callable[[], float] = time.monotonic
    _all: RollingWindow = field(default_factory=RollingWindow)
    _by_address: RollingWindows = field(default_factory=RollingWindows)

    def count(self, address: str) -> None:
        """Raises RateLimited with the seconds to wait."""
        now = self.monotonic()
        mine = self._by_address.wait(neighbourhood(address), now, self.each)
        seconds = mine or self._all.wait(now, self.together)
        if seconds:
            raise RateLimited(seconds, 429, "this address")


def count_attempt(request: Request) -> None:
    attempts = request.app.state.attempts
    assert isinstance(attempts, Attempts)  # noqa: S101 - put there by create_app
    attempts.count(address_of(request.scope))
