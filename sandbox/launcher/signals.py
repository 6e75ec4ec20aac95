"""Being told to stop, by Ctrl-C or by the system."""

import os
import signal
from collections.abc import Callable
from types import FrameType

from launcher.processes import end_all_at_once

TOLD_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What a shell reports of a program that Ctrl-C ended.
INTERRUPTED = 130


class Told(BaseException):
    """Somebody wants the launcher to stop: no error, so that nothing takes it for one."""


def listen() -> None:
    """Raise where the launcher is, as soon as it is told to stop."""
    _answer(_raise)


def end_at_once() -> None:
    """From here on a signal ends the launcher and its programs on the spot."""

    def end(*_: object) -> None:
        end_all_at_once()
        os._exit(INTERRUPTED)

    _answer(end)


def _answer(handler: Callable[[int, FrameType | None], object]) -> None:
    for number in TOLD_BY:
        signal.signal(number, handler)


def _raise(*_: object) -> None:
    # One is enough: the next, while programs are being ended, ends all at once.
    end_at_once()
    raise Told
