"""A bridge that is killed at any moment: nothing is opened twice, nothing forgotten.

Nothing of it outlives a kill but what is on the page, so a kill is a request after which it never
goes on: one that was carried out, or one that was not.
"""

import asyncio
from contextlib import suppress
from typing import Any

import httpx
import pytest
from conftest import Start
from making import API
from real_server import RealServer
from strict_pagerduty import incident

# A pass asks the page seven times at most.
REQUESTS = 8
KILLS = 17


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


@pytest.mark.parametrize("carried_out", [True, False])
async def test_wherever_it_is_killed_the_next_one_goes_on(
    start: Start, way: httpx.AsyncHTTPTransport, server: RealServer, *, carried_out: bool
) -> None:
    account = start().sources.hugops
    kills = 0

    async def killed_and_started_again(at: int, *incidents: dict[str, Any]) -> int:
        account.incidents = list(incidents)
        transport = Killing(way, at, carried_out=carried_out)
        with suppress(asyncio.CancelledError):
            await start(to_page=transport).looks()
        await start().looks()
        return transport.left < 0

    for at in range(REQUESTS):
        kills += await killed_and_started_again(at, incident("P1", "component:API"))
        assert server.incident()["status"] == "investigating"

        kills += await killed_and_started_again(at, incident("P1", "cmp_API:major_outage"))
        assert server.status(API) == "major_outage"
        assert len(server.incident()["incident_updates"]) == 2

        kills += await killed_and_started_again(at)
        assert server.incident()["status"] == "resolved"
        assert server.status(API) == "operational"
        server.clear()

    # Every request of an opening, of an update and of a resolution.
    assert kills == KILLS
