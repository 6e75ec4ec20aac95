"""The kinds of a full resync, a few at once, where Ocean takes one after the other.

What is written keeps Ocean's order: the entities of a kind come behind those of the kinds before
it, to which they may relate. Reading, mapping and asking Port for what it holds do not wait. Ocean
watches the processor and the memory for one kind at a time: what it reports of them holds what ran
beside the kind, or nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from port_ocean.context.resource import resource
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.models import Entity

from port_search import blueprint_of

AT_ONCE = 3

type Result = tuple[list[Entity], list[Exception]]
type Work = Callable[[], Awaitable[Result]]


class Kinds:
    """Those of one resync, in the order of the mapping."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._tasks: list[asyncio.Task[Result]] = []
        self._apart: list[bool] = []

    @property
    def begun(self) -> bool:
        return bool(self._tasks)

    def begin(self, works: Sequence[Work], blueprints: Sequence[str | None]) -> None:
        """Begin with all kinds, each of which writes to a blueprint, if that is always the same."""
        self._apart = [
            one is not None and not {one, None} & {*blueprints[:place]}
            for place, one in enumerate(blueprints)
        ]
        self._tasks = [asyncio.create_task(self._run(work)) for work in works]

    async def result(self, index: int) -> Result:
        """Return what came of a kind; who is cancelled meanwhile stops all of them."""
        try:
            return await self._tasks[index]
        except asyncio.CancelledError:
            self.cancel()
            raise

    async def compare(self, index: int) -> None:
        """Wait until Port can be asked what it holds of a kind.

        Where a kind before it may write the same entities, that is when they are written.
        """
        if not self._apart[index]:
            await self.write(index)

    async def write(self, index: int) -> None:
        """Wait until a kind can be written: when those before it are."""
        if before := self._tasks[:index]:
            await asyncio.wait(before)

    def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _run(self, work: Work) -> Result:
        async with self._places:
            return await work()


# Those of the resync that is running, if any.
_current: ContextVar[Kinds | None] = ContextVar("kinds", default=None)


@contextmanager
def side_by_side() -> Iterator[None]:
    """Have the kinds of a resync inside run side by side."""
    kinds = Kinds()
    token = _current.set(kinds)
    try:
        yield
    finally:
        _current.reset(token)
        kinds.cancel()


def current() -> Kinds | None:
    return _current.get()


def blueprints_of(resources: Sequence[ResourceConfig]) -> list[str | None]:
    return [blueprint_of(one) for one in resources]


async def turn_to_compare() -> None:
    """Wait until Port can be asked what it holds of the kind that is being loaded."""
    if (kinds := _current.get()) is not None and kinds.begun:
        await kinds.compare(resource.index)


async def turn_to_write() -> None:
    """Wait until the kind that is being loaded can be written."""
    if (kinds := _current.get()) is not None and kinds.begun:
        await kinds.write(resource.index)
