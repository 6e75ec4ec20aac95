"""The way to a server: requests and answers take a while, and arrivals are noted."""

import asyncio
import random
from collections.abc import Callable

import httpx

from statuspage import QUOTA, StatuspageClient, connect
from tests.account import KEY
from tests.virtual_time import clock, now

HOST = "https://api.statuspage.io"

# There and back.
LATENCY = 0.2


class Network:
    """Leads to an account, or whatever answers; an answer is made somewhere on the way."""

    def __init__(
        self,
        answer: Callable[[httpx.Request], httpx.Response],
        chance: random.Random | None = None,
        latency: float = LATENCY,
    ) -> None:
        self._answer = answer
        self._chance = chance
        self.latency = latency
        self.arrivals: list[float] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await self._one_way()
        if str(request.url).startswith(HOST):
            self.arrivals.append(now())
        answer = self._answer(request)
        await self._one_way()
        return answer

    async def _one_way(self) -> None:
        if self.latency:
            some = self._chance.random() if self._chance else 0.5
            await asyncio.sleep(some * self.latency)

    @property
    def busiest_minute(self) -> int:
        """The most counted requests of any 60 seconds."""
        return max(
            (sum(start <= one < start + 60 for one in self.arrivals) for start in self.arrivals),
            default=0,
        )

    def client(self, *, reserve: int = 0) -> StatuspageClient:
        """Return a client on virtual time that keeps to the quota."""
        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return connect(KEY, http=http, clock=clock(), reserve=reserve, requests_per_minute=QUOTA)
