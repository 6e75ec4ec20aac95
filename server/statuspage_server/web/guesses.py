"""Guessing keys and tokens: from one address no more than a few different wrong ones in a minute.

A credential that was tried before tells nothing new, so it may be tried at any time: a sender with
an old token does not keep out those beside it, and whoever was let in once stays so.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from statuspage_server.core.addresses import neighbourhood
from statuspage_server.core.window import MANY, RollingWindows
from statuspage_server.errors import RateLimited

MOST = 10


@dataclass
class Guesses:
    """Kept by this process."""

    monotonic: Callable[[], float] = time.monotonic
    _wrong: RollingWindows = field(default_factory=RollingWindows)
    _tried: dict[bytes, None] = field(default_factory=dict)

    def admit(self, address: str, credential: str) -> None:
        """Before it is looked at. Raises RateLimited."""
        if _mark(address, credential) in self._tried:
            return
        seconds = self._wrong.left(neighbourhood(address), self.monotonic(), MOST)
        if seconds:
            raise RateLimited(seconds, 429, "this address")

    def note(self, address: str, credential: str, *, right: bool) -> None:
        mark = _mark(address, credential)
        if not right and mark not in self._tried:
            self._wrong.wait(neighbourhood(address), self.monotonic(), MOST)
        # Those that were not tried for longest are forgotten first.
        self._tried.pop(mark, None)
        self._tried[mark] = None
        while len(self._tried) > MANY:
            del self._tried[next(iter(self._tried))]


def _mark(address: str, credential: str) -> bytes:
    """Secrets that were right are not kept."""
    text = f"{neighbourhood(address)} {credential}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
