"""Being told to stop, by Ctrl-C or by the system."""

import os
import signal
from collections.abc import Callable
from types import FrameType

from launcher.processes import kill_all

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What a shell reports of a program that Ctrl-C ended.
INTERRUPTED = 130


class StopRequested(BaseException):
    """The launcher is to stop. Not an `Exception`, so that no handler of errors catches it."""


def raise_on_stop() -> None:
    """Raise where the launcher is, as soon as it is told to stop."""
    _answer(_raise)


def kill_on_stop() -> None:
    """From here on a signal ends the launcher and its programs on the spot."""

    def end(*_: object) -> None:
        kill_all()
        os._exit(INTERRUPTED)

    _answer(end)


def _answer(handler: Callable[[int, FrameType | None], object]) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, handler)


def _raise(*_: object) -> None:
    # One is enough: the next, while programs are being ended, ends all at once.
    kill_on_stop()
    raise StopRequested
