"""Nobl9 as the page, which is our server here, in both versions of its API."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import statuspage_nobl9
from killing import KillingState
from making import API, alert
from pydantic import SecretStr
from real_server import PAGE, RealServer

from statuspage_bridge.bridge import Bridge
from statuspage_bridge.configuration.file import read_file
from statuspage_bridge.configuration.settings import Settings
from statuspage_bridge.connecting import Client, connect
from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.errors import StartError
from statuspage_bridge.state.address import read_address
from statuspage_bridge.state.database import Database

EXAMPLE = Path(__file__).parents[1] / "examples/nobl9.yml"
ENVIRONMENT = dict.fromkeys(("NOBL9_CLIENT_ID", "NOBL9_CLIENT_SECRET", "ALERTMANAGER_TOKEN"), "x")
MAIN = Account(source="alertmanager", name="main")

# A pass writes to its state fewer times.
STEPS = 8

type Start = Callable[..., Bridge]


@pytest.fixture(params=["v1", "v2"])
async def begin(
    request: pytest.FixtureRequest, server: RealServer, tmp_path: Path
) -> AsyncIterator[Start]:
    """Start bridges; each call is a new one, as after a restart."""
    begun: list[Bridge] = []
    clients: list[Client] = []

    def start(database_type: type[Database] = Database, **changed: Any) -> Bridge:
        while begun:
            begun.pop().state.database.close()
        example = read_file(EXAMPLE, ENVIRONMENT)
        assert example.nobl9 is not None
        nobl9 = {
            "organization": PAGE,
            "client_id": "tests",
            "client_secret": SecretStr(server.key),
            "url": server.address,
            "api": request.param,
        }
        state = SecretStr(f"sqlite:///{tmp_path / 'bridge.db'}")
        update = {"nobl9": example.nobl9.model_copy(update=nobl9), "state": state, **changed}
        settings = example.model_copy(update=update)
        database = database_type.open(read_address(settings.state_address()))
        clients.append(connect(settings))
        begun.append(Bridge(settings, clients[-1], httpx.AsyncClient(), database))
        return begun[-1]

    yield start
    for bridge in begun:
        bridge.state.database.close()
    for client in clients:
        await client.aclose()


def said(**fields: Any) -> Alert:
    """What Alertmanager says now."""
    now = datetime.now(UTC)
    given = {"account": MAIN, "component": "API", "since": now, "renewed_at": now, **fields}
    return alert(**given)


async def follow(bridge: Bridge, *alerts: Alert) -> None:
    await bridge.state.push(alerts)
    await bridge.reconciler.reconcile()


async def issues(bridge: Bridge) -> list[Any]:
    """What was reported since the test began."""
    async with connect(bridge.settings) as client:
        assert isinstance(client, statuspage_nobl9.Nobl9Client)
        found = await client.issues()
        return [one for one in found["issues"] if one["requestedBy"] == "alertmanager"]


async def test_an_alert_is_an_external_issue_and_a_status_until_it_is_over(
    begin: Start, server: RealServer
) -> None:
    bridge = begin()
    before = len(await issues(bridge))

    await follow(bridge, said(status="major_outage"))
    during, reported = server.status(API), len(await issues(bridge)) - before
    await bridge.reconciler.reconcile()
    await follow(bridge, said(is_open=False))

    assert (during, reported) == ("major_outage", 1)
    assert server.status(API) == "operational"
    assert len(await issues(bridge)) - before == 1


async def test_a_worse_alert_makes_it_worse_and_a_restart_forgets_nothing(
    begin: Start, server: RealServer
) -> None:
    await follow(begin(), said(status="degraded_performance"))
    first = server.status(API)
    await follow(begin(), said(status="major_outage"))
    worse = server.status(API)
    await follow(begin(), said(is_open=False))

    assert (first, worse, server.status(API)) == (
        "degraded_performance",
        "major_outage",
        "operational",
    )


async def test_what_nobody_acknowledged_and_what_has_not_lasted_is_not_told(
    begin: Start, server: RealServer
) -> None:
    bridge = begin(
        defaults=Settings.model_fields["defaults"]
        .get_default(call_default_factory=True)
        .model_copy(update={"opens_after": timedelta(minutes=5)})
    )

    await follow(bridge, said(is_confirmed=False), said(id="P2"))

    assert server.status(API) == "operational"


async def test_what_a_person_has_ended_is_not_opened_again(
    begin: Start, server: RealServer
) -> None:
    bridge = begin()
    await follow(bridge, said(status="major_outage"))
    async with connect(bridge.settings) as client:
        assert isinstance(client, statuspage_nobl9.Nobl9Client)
        await statuspage_nobl9.change_status(client, API, "operational")

    await bridge.reconciler.reconcile()
    await bridge.reconciler.reconcile()

    assert server.status(API) == "operational"


async def test_in_a_dry_run_nothing_is_reported(begin: Start, server: RealServer) -> None:
    await follow(begin(dry_run=True), said(status="major_outage"))

    assert server.status(API) == "operational"


def test_a_key_beside_nobl9_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text(f"{EXAMPLE.read_text()}\nkey: x\n")

    with pytest.raises(StartError, match="`nobl9` is there"):
        read_file(file, ENVIRONMENT)


async def test_a_name_that_no_component_has_is_told_once_and_holds_up_nothing_else(
    begin: Start, server: RealServer, caplog: pytest.LogCaptureFixture
) -> None:
    bridge = begin()

    await follow(bridge, said(component="Serch"), said(id="P2"))
    await bridge.reconciler.reconcile()
    during = server.status(API)
    await follow(bridge, said(id="P2", is_open=False))

    assert during == "degraded_performance"
    assert caplog.text.count("No component is called 'Serch'") == 1


async def test_killed_before_any_write_to_its_state_it_goes_on_and_tells_an_opening_twice_at_most(
    begin: Start, server: RealServer
) -> None:
    killed = []
    for at in range(STEPS):
        bridge = begin(KillingState)
        before = len(await issues(bridge))
        opened = said(id=f"P{at}", status="major_outage")
        state = bridge.state.database
        assert isinstance(state, KillingState)
        state.left = at
        with suppress(asyncio.CancelledError):
            await follow(bridge, opened)
        killed.append(state.left < 0)

        # Alertmanager says it again.
        await follow(begin(), opened)
        assert server.status(API) == "major_outage"
        assert len(await issues(bridge)) - before in {1, 2}

        await follow(begin(), said(id=f"P{at}", is_open=False))
        assert server.status(API) == "operational"

    assert (killed[0], killed[-1]) == (True, False)
