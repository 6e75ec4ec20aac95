"""An asyncio loop whose time passes as soon as everybody waits, so that no test sleeps."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from statuspage import Clock

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BEGINNING = 4096.0

# Without a timer only another thread can wake the loop up, which takes real time.
PATIENCE = 10.0


class _Selector(selectors.SelectSelector):
    """Does not wait for a timer: it moves the time on to it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGINNING

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(PATIENCE if timeout is None else 0)
        if not events:
            if timeout is None:
                raise RuntimeError("Everybody waits, and no timer is set: this would wait forever.")
            self.now += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop on virtual time."""

    def __init__(self) -> None:
        self._clockwork = _Selector()
        super().__init__(self._clockwork)

    def time(self) -> float:
        return self._clockwork.now


def run[T](work: Coroutine[Any, Any, T]) -> T:
    """Run `work` on virtual time of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def now() -> float:
    """Return the running loop's time."""
    return asyncio.get_running_loop().time()


def utc() -> datetime:
    """Return the date and time that go with it."""
    return START + timedelta(seconds=now() - BEGINNING)


def clock() -> Clock:
    """Return a clock that reads whatever loop runs."""
    return Clock(now=now, sleep=asyncio.sleep, utc=utc)
