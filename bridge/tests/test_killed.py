"""A bridge that is killed at any moment: nothing is opened twice, nothing forgotten.

Nothing of it outlives a kill but what is on the page and in its state, so a kill is a request or a
write after which it never goes on: one that was carried out, or one that was not.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from conftest import Running, Start
from killing import Killing, KillingState
from making import API
from real_server import RealServer
from strict_pagerduty import incident

# A pass asks the page seven times at most, and writes to its state five times.
STEPS = 8


class Killer(Protocol):
    """What ends the bridge at one of its steps."""

    left: int


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
