"""Guessing keys and tokens: from one address no more than a few different wrong ones in a minute.

A credential that was tried before tells nothing new, so it may be tried at any time: a sender with
an old token does not keep out those beside it, and whoever was let in once stays so.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from statuspage_server.core.addresses import neighbourhood
from statuspage_server.core.window import RollingWindow
from statuspage_server.errors import RateLimited

MOST = 10
MANY = 10_000


@dataclass
class Guesses:
    """Kept by this process."""

    monotonic: Callable[[], float] = time.monotonic
    _wrong: dict[str, RollingWindow] = field(default_factory=dict)
    _tried: dict[bytes, None] = field(default_factory=dict)

    def admit(self, address: str, credential: str) -> None:
        """Before it is looked at. Raises RateLimited."""
        if _mark(address, credential) in self._tried:
            return
        window = self._wrong.get(neighbourhood(address))
        seconds = window.left(self.monotonic(), MOST) if window else 0
        if seconds:
            raise RateLimited(seconds, 429, "this address")

    def note(self, address: str, credential: str, *, right: bool) -> None:
        mark, now = _mark(address, credential), self.monotonic()
        self._make_room(now)
        if not right and mark not in self._tried:
            self._wrong.setdefault(neighbourhood(address), RollingWindow()).wait(now, MOST)
        self._tried.pop(mark, None)
        self._tried[mark] = None

    def _make_room(self, now: float) -> None:
        while len(self._tried) >= MANY:
            del self._tried[next(iter(self._tried))]
        if len(self._wrong) >= MANY:
            for window in self._wrong.values():
                window.forget(now)
            self._wrong = {host: one for host, one in self._wrong.items() if not one.is_idle}


def _mark(address: str, credential: str) -> bytes:
    """Secrets that were right are not kept."""
    text = f"{neighbourhood(address)} {credential}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
