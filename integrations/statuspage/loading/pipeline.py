"""The loads of one kind, a few side by side."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Hashable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

# So many objects at once keep Port busy, and more take memory. It is not batches that are counted,
# since they hold 100 to 250.
AT_ONCE = 1000

type Work = Callable[[], Awaitable[None]]


@dataclass(eq=False, slots=True)
class Load:
    """A batch on its way, and what is to be done right behind it."""

    keys: frozenset[Hashable]
    objects: int
    done: asyncio.Event = field(default_factory=asyncio.Event)
    behind: list[Work] = field(default_factory=list)


class Pipeline:
    """Runs loads in the background; what two of them have in common is loaded in their order.

    As a context it ends when all are through, or with the first failure. A load that fails does
    not stop those beside it, and is raised where the next one is added, as if it had been waited
    for.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._left = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: list[Load] = []
        self._last: Load | None = None
        self._failure: Exception | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _: type[BaseException] | None,
        error: BaseException | None,
        __: TracebackType | None,
    ) -> None:
        if error is not None:
            for task in self._tasks:
                task.cancel()
        try:
            await asyncio.gather(*self._tasks, return_exceptions=error is not None)
        finally:
            for task in self._tasks:
                task.cancel()
        self._raise_failure()

    async def add(self, objects: int, keys: Collection[Hashable], work: Work) -> None:
        """Begin to load a batch; return at once, unless too much is under way.

        One that is too large by itself is loaded alone.
        """
        while self._under_way and self._objects + objects > self._at_once:
            self._left.clear()
            await self._left.wait()
        self._raise_failure()
        load = Load(frozenset(keys), objects)
        before = [one for one in self._under_way if not one.keys.isdisjoint(load.keys)]
        self._under_way.append(load)
        self._last = load
        task = asyncio.create_task(self._run(load, work, before))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def behind_last(self, work: Work) -> None:
        """Do something when the load that was added last is through; now, if it is already."""
        if self._last is None or self._last.done.is_set():
            await work()
        else:
            self._last.behind.append(work)

    async def _run(self, load: Load, work: Work, before: Collection[Load]) -> None:
        try:
            for earlier in before:
                await earlier.done.wait()
            await work()
            while load.behind:
                await load.behind.pop(0)()
        except Exception as error:  # noqa: BLE001 (it is raised where the kind ends)
            self._failure = self._failure or error
        finally:
            self._under_way.remove(load)
            load.done.set()
            self._left.set()

    @property
    def _objects(self) -> int:
        return sum(load.objects for load in self._under_way)

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure


# That of the kind which is being resynced, if any.
_current: ContextVar[Pipeline | None] = ContextVar("pipeline", default=None)


@asynccontextmanager
async def pipeline() -> AsyncIterator[Pipeline]:
    """Give a kind the pipeline that `current` returns inside."""
    async with Pipeline() as opened:
        token = _current.set(opened)
        try:
            yield opened
        finally:
            _current.reset(token)


def current() -> Pipeline | None:
    return _current.get()


async def behind_last_batch(work: Work) -> None:
    """Do something when the batch that a handler has handed over last is in Port."""
    if (opened := current()) is None:
        await work()
    else:
        await opened.behind_last(work)
