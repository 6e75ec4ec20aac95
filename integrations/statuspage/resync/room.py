"""How many batches of a kind are in memory before anybody wants them.

The pages of a fleet wait for Ocean all at once, and a batch takes ten times of what it takes on
disk. So it is brought back when there is room, which it takes until its reader asks for the next.
"""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from contextvars import ContextVar

BATCHES = 2

# That of the kind whose pages are read; kinds that are read side by side do not wait for each
# other.
_current: ContextVar[asyncio.Semaphore | None] = ContextVar("room", default=None)


@contextmanager
def limited_room() -> Iterator[None]:
    """Give the tasks that are made inside a room of their own, which they share."""
    token = _current.set(asyncio.Semaphore(BATCHES))
    try:
        yield
    finally:
        _current.reset(token)


def room() -> AbstractAsyncContextManager[None]:
    """Return what is to be entered while a batch is in memory."""
    return _current.get() or nullcontext()
