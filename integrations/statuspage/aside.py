"""What is done while a full resync or a live event goes on: requests whose answers nobody needs.

Ocean waits for each of its reports, and for the blueprint by which it decides how to log a line:
five requests to Port for each kind, one after the other.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar

from loguru import logger

type Work = Callable[[], Awaitable[None]]


class Aside:
    """Does in the background what it is given; what belongs together, in its order."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: dict[str, asyncio.Task[None]] = {}
        self.is_over = False

    def add(self, what: str, work: Work) -> None:
        """Begin with this, when all that was added under the same name is through."""
        task = asyncio.create_task(_do(what, work, self._last.get(what)))
        self._last[what] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait until all is done; from then on nothing more is taken."""
        self.is_over = True
        while self._tasks:
            done, _ = await asyncio.wait(self._tasks)
            # Those that are done take themselves out a moment later, for which nobody waits here.
            self._tasks -= done


async def _do(what: str, work: Work, before: asyncio.Task[None] | None) -> None:
    if before is not None:
        await asyncio.wait([before])
    try:
        await work()
    except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
        logger.warning(f"Port does not take {what}: {error}")


# That of the resync or the live event which is under way, if any.
_current: ContextVar[Aside | None] = ContextVar("aside", default=None)


@asynccontextmanager
async def done_aside() -> AsyncIterator[Aside]:
    """Have what is done `aside` inside done in the background, and end when it is through."""
    opened = Aside()
    token = _current.set(opened)
    try:
        yield opened
    finally:
        _current.reset(token)
        await opened.finish()


async def aside(what: str, work: Work) -> None:
    """Do something of which nobody needs the result: inside `done_aside` in the background."""
    if (opened := _current.get()) is None or opened.is_over:
        await work()
    else:
        opened.add(what, work)


async def catch_up() -> None:
    """Wait until all is done that was begun; from then on everything is waited for again."""
    if (opened := _current.get()) is not None:
        await opened.finish()
