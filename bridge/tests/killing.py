"""What ends the bridge at one of its steps, carried out or not: a kill, as far as others see it."""

import asyncio
from collections.abc import Callable

import httpx
from sqlalchemy import Connection

from statuspage_bridge.state.database import Database


class Killing(httpx.AsyncBaseTransport):
    """The way to the page, which ends the bridge at one of its requests."""

    def __init__(self, way: httpx.AsyncBaseTransport, at: int, *, carried_out: bool) -> None:
        self.left = at
        self.carried_out = carried_out
        self.way = way

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.left -= 1
        if self.left < 0 and self.carried_out:
            await (await self.way.handle_async_request(request)).aread()
        if self.left < 0:
            raise asyncio.CancelledError
        return await self.way.handle_async_request(request)


class KillingState(Database):
    """The state, which ends the bridge at one of its writes."""

    left = 1_000
    carried_out = False

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        self.left -= 1
        if self.left < 0 and self.carried_out:
            await super().write(work)
        if self.left < 0:
            raise asyncio.CancelledError
        return await super().write(work)
