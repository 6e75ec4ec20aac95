"""Alertmanager itself, sending to the bridge in a process of its own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from program import started, wait_for
from real_alertmanager import alertmanager, executable, free_port
from real_server import RealServer

from statuspage_bridge.sources.alertmanager.settings import AlertmanagerSettings
from statuspage_bridge.sources.alertmanager.source import Alertmanager


def test_a_thousand_alerts_open_an_incident_for_each_component_until_they_are_over(
    tmp_path: Path, server: RealServer
) -> None:
    executable()
    port = free_port()
    alerts = [
        {"labels": {"alertname": "Errors", "statuspage_component": name, "instance": str(n)}}
        for n in range(500)
        for name in ("API", "Shop / Cart")
    ]

    def statuses() -> list[str]:
        return [one["status"] for one in server.incidents()]

    # One account is told, the other is read: both have to say that it is over.
    read = {
        "ALERTMANAGER_TOKEN_READ": "unused",
        "ALERTMANAGER_API_READ": f"http://127.0.0.1:{port}",
    }
    with (
        started(server, STATE=f"sqlite:///{tmp_path / 'bridge.db'}", **read) as (bridge, _),
        alertmanager(tmp_path, port, f"{bridge}/alertmanager/main") as address,
    ):
        httpx.post(f"{address}/api/v2/alerts", json=alerts).raise_for_status()
        wait_for(lambda: statuses() == ["investigating"] * 2)

        over = {"endsAt": datetime.now(UTC).isoformat()}
        httpx.post(f"{address}/api/v2/alerts", json=[one | over for one in alerts])
        wait_for(lambda: statuses() == ["resolved"] * 2)

        assert httpx.get(f"{bridge}/health").json()["status"] == "ok"


async def test_only_what_is_routed_to_the_receiver_is_read(tmp_path: Path) -> None:
    executable()
    port = free_port()
    labels = {"alertname": "Errors", "statuspage_component": "API"}
    account: dict[str, Any] = {"name": "main", "token": "t", "api": f"http://127.0.0.1:{port}"}

    async with httpx.AsyncClient() as http:

        async def read(receiver: str | None) -> list[str]:
            settings = AlertmanagerSettings(**account, receiver=receiver)
            reader = Alertmanager(settings, http, "partial_outage").reader
            assert reader is not None
            return [one.component for one in await reader.read(datetime.now(UTC))]

        with alertmanager(tmp_path, port, "http://127.0.0.1:9/") as address:
            await http.post(f"{address}/api/v2/alerts", json=[{"labels": labels}])

            assert await read("bridge") == ["API"]
            assert await read(None) == ["API"]
            assert await read("b.idge") == []
