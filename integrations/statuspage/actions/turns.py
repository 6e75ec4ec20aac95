"""What is done to one incident is done one after the other, whichever action it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """A lock for each incident that somebody works on."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, page_id: str, incident_id: str | None) -> AsyncIterator[None]:
        """Wait until nobody else works on the incident; without one there is nothing to wait for.

        Locks are given in the order in which they were asked for.
        """
        if incident_id is None:
            yield
            return
        lock = self._locks.setdefault((page_id, incident_id), asyncio.Lock())
        async with lock:
            yield
