"""Places for so many at a time. Of those who wait for one, the lowest rank comes first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count

type Waiting = tuple[int, int, asyncio.Future[None]]


class Places:
    """As a semaphore, but that who is in a hurry does not wait for all who came before."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: list[Waiting] = []
        self._arrivals = count()

    @asynccontextmanager
    async def taken(self, rank: int) -> AsyncIterator[None]:
        """Hold a place inside; among equals, who came first gets it first."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(rank)
        try:
            yield
        finally:
            self._hand_on()

    async def _wait(self, rank: int) -> None:
        place = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (rank, next(self._arrivals), place))
        try:
            await place
        except asyncio.CancelledError:
            # It may have been given to who is cancelled a moment later.
            if not place.cancelled():
                self._hand_on()
            raise

    def _hand_on(self) -> None:
        while self._waiting:
            _, _, place = heappop(self._waiting)
            if not place.cancelled():
                place.set_result(None)
                return
        self._free += 1
