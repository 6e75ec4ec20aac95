"""Begins to watch, where the process stays and processes live events."""

import asyncio
import contextvars
from collections.abc import Callable

from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.utils.signal import signal_handler

from .watcher import Watcher


class Watch:
    """The watch of this process; with an interval of 0 there is none."""

    def __init__(self, watcher: Callable[[], Watcher], interval: int) -> None:
        self._watcher = watcher
        self._interval = interval
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the background: the start waits for nothing here."""
        if not self._interval or not ocean.config.event_listener.should_process_webhooks:
            return
        run = self._watcher().run()
        # It outlives the event of the start, so it takes nothing of its context.
        self._task = asyncio.create_task(run, name="watch", context=contextvars.Context())
        self._task.add_done_callback(_tell_its_end)
        signal_handler.register(self._task.cancel)


def _tell_its_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        logger.opt(exception=error).error("The pages are no longer watched")
