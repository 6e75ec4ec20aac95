"""A value that several want and that is fetched once, its failure included."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from .errors import Stopped


class Once[T]:
    """Starts when it is first wanted; everybody gets the same result or the same error."""

    def __init__(self, fetch: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._fetch = fetch
        self._task: asyncio.Task[T] | None = None
        self._stopped = False

    async def get(self) -> T:
        """Return the value; whoever is cancelled while waiting leaves it to the others."""
        task = self.start()
        # Waiting for the task's end, and not for the task itself, tells its end from our own.
        await asyncio.wait([task])
        if task.cancelled():
            raise Stopped
        return task.result()

    def start(self) -> asyncio.Task[T]:
        """Start to fetch, if nobody has yet."""
        if self._stopped:
            raise Stopped
        if self._task is None:
            self._task = asyncio.create_task(self._fetch())
            self._task.add_done_callback(_retrieve)
        return self._task

    def cancel(self) -> None:
        """Stop fetching; who waits for the value gets an error."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()


def _retrieve(task: asyncio.Task[Any]) -> None:
    # An error that nobody waits for any more is no news: asyncio would print it at the end.
    if not task.cancelled():
        task.exception()
