"""A bridge that is killed at any moment: nothing is opened twice, nothing forgotten.

Nothing of it outlives a kill but what is on the page and in its state, so a kill is a request or a
write after which it never goes on: one that was carried out, or one that was not.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from conftest import Running, Start
from making import API
from real_server import RealServer
from sqlalchemy import Connection
from strict_pagerduty import incident

from statuspage_bridge.state.database import Database

# A pass asks the page seven times at most, and writes to its state five times.
STEPS = 8


class Killer(Protocol):
    """What ends the bridge at one of its steps."""

    left: int


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


@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize(("step", "kills"), [("request", 17), ("write", 14)])
async def test_wherever_it_is_killed_the_next_one_goes_on(  # noqa: PLR0913, PLR0917 (fixtures)
    start: Start,
    way: httpx.AsyncHTTPTransport,
    server: RealServer,
    tmp_path: Path,
    step: str,
    kills: int,
    *,
    carried_out: bool,
) -> None:
    state: dict[str, str] = {}
    done = 0

    def about_to_die(at: int) -> tuple[Running, Killer]:
        if step == "request":
            transport = Killing(way, at, carried_out=carried_out)
            return start(to_page=transport, **state), transport
        bridge = start(database=KillingState, **state)
        database = bridge.bridge.state.database
        assert isinstance(database, KillingState)
        database.left, database.carried_out = at, carried_out
        return bridge, database

    async def killed_and_started_again(at: int, *incidents: dict[str, Any]) -> int:
        bridge, killer = about_to_die(at)
        bridge.sources.hugops.incidents = list(incidents)
        with suppress(asyncio.CancelledError):
            await bridge.looks()
        bridge.ends()
        restarted = start(**state)
        await restarted.looks()
        restarted.ends()
        return killer.left < 0

    for at in range(STEPS):
        # What a test deletes from the page afterwards is nothing that a person has deleted.
        state["STATE"] = f"sqlite:///{tmp_path / f'{at}.db'}"
        done += await killed_and_started_again(at, incident("P1", "component:API"))
        assert server.incident()["status"] == "investigating"

        done += await killed_and_started_again(at, incident("P1", "cmp_API:major_outage"))
        assert server.status(API) == "major_outage"
        assert len(server.incident()["incident_updates"]) == 2

        done += await killed_and_started_again(at)
        assert server.incident()["status"] == "resolved"
        assert server.status(API) == "operational"
        server.clear()

    # Every step of an opening, of an update and of a resolution.
    assert done == kills
