"""What whoever runs the bridge sees of it."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Running, Start
from making import API, CART
from real_server import RealServer
from sqlalchemy import text
from strict_pagerduty import incident

TOKEN = {"Authorization": "Bearer secret"}


@pytest.fixture
def bridge(start: Start) -> Running:
    return start(BRIDGE_TOKEN="secret")


async def shown(bridge: Running) -> Any:
    return (await bridge.http.get("/plan", headers=TOKEN)).json()


async def test_without_a_token_nobody_sees_the_plan(start: Start) -> None:
    assert (await start().http.get("/plan")).status_code == 404
    assert (await start(BRIDGE_TOKEN="secret").http.get("/plan")).status_code == 401


async def test_the_plan_shows_what_would_be_done_now_and_does_nothing(
    bridge: Running, server: RealServer
) -> None:
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    for _ in range(2):
        plan = await shown(bridge)
        assert plan["last"] is None
        (decision,) = plan["now"]["decisions"]
        assert (decision["action"], decision["components"][0]["name"]) == ("open", "API")
        assert decision["reason"] == "pagerduty/hugops P1 says partial_outage."
    assert server.incidents() == []
    assert not (await bridge.bridge.state.memory()).alerts


async def test_the_plan_shows_what_the_last_pass_did(bridge: Running) -> None:
    bridge.sources.hugops.incidents = [incident("P1", "component:API", status="triggered")]
    await bridge.looks()
    bridge.sources.hugops.incidents = []

    plan = await shown(bridge)

    assert plan["last"]["decisions"][0]["reason"] == "Nobody has acknowledged it."
    assert plan["now"]["decisions"] == []


async def test_the_plan_shows_what_the_page_refused(
    start: Start, way: httpx.AsyncHTTPTransport
) -> None:
    class Refusing(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "POST":
                return httpx.Response(422, json={"error": ["Components is invalid"]})
            return await way.handle_async_request(request)

    bridge = start(to_page=Refusing(), BRIDGE_TOKEN="secret")
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    await bridge.looks()

    (decision,) = (await shown(bridge))["last"]["decisions"]
    assert "Components is invalid" in decision["failed"]


async def test_a_page_that_cannot_be_read_has_no_plan(start: Start) -> None:
    bridge = start(BRIDGE_TOKEN="secret", STATUSPAGE_KEY="wrong")

    answer = await bridge.http.get("/plan", headers=TOKEN)

    assert answer.status_code == 503
    assert answer.json()["error"].startswith("The status page could not be read.")


async def metric(bridge: Running, line: str) -> float:
    """Return the value of a metric, with its labels."""
    answer = await bridge.http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    values = dict(row.rsplit(" ", 1) for row in answer.text.splitlines())
    return float(values.get(f"statuspage_bridge_{line}", -1))


async def test_metrics_count_what_is_open_and_what_was_done(
    bridge: Running, server: RealServer
) -> None:
    account = bridge.sources.hugops
    account.incidents = [incident("P1", "component:API,component:Cart")]
    await bridge.looks()
    assert await metric(bridge, "open_incidents") == 2
    assert await metric(bridge, 'decisions_total{action="open",result="done"}') == 2

    account.incidents = [incident("P1", "component:API")]
    await bridge.looks()
    assert await metric(bridge, "open_incidents") == 1
    assert await metric(bridge, 'decisions_total{action="resolve",result="done"}') == 1
    assert await metric(bridge, "pass_seconds_count") == 2
    assert server.status(CART) == "operational"


async def test_metrics_name_the_source_that_cannot_be_read(bridge: Running) -> None:
    bridge.sources.hugops.failing = [httpx.Response(401)]
    await bridge.looks()

    assert await metric(bridge, 'source_unread{source="pagerduty/hugops"}') == 1
    assert await metric(bridge, 'source_unread{source="pagerduty/other"}') == 0


async def test_metrics_count_what_was_pushed_and_what_was_refused(start: Start) -> None:
    bridge = start(ALERTMANAGER_TOKEN_MAIN="am-token")
    row = {"labels": {"statuspage_component": API}, "startsAt": "2026-03-01T11:50:00Z"}
    for token in ("am-token", "forged", "forged"):
        await bridge.http.post(
            "/alertmanager/main",
            json={"version": "4", "alerts": [row, row | {"fingerprint": "f2"}]},
            headers={"Authorization": f"Bearer {token}"},
        )

    assert await metric(bridge, 'pushed_alerts_total{source="alertmanager/main"}') == 2
    assert await metric(bridge, 'refused_requests_total{status="401"}') == 2


async def test_metrics_count_passes_that_failed(start: Start) -> None:
    bridge = start(STATUSPAGE_KEY="wrong")
    await bridge.acknowledged()

    assert await metric(bridge, "failed_passes_total") == 1


async def test_a_state_that_cannot_be_written_is_told_and_nothing_is_answered_with_success(
    start: Start, tmp_path: Path, server: RealServer
) -> None:
    bridge = start(ALERTMANAGER_TOKEN_MAIN="am-token", STATE=f"sqlite:///{tmp_path / 'b.db'}")
    database = bridge.bridge.state.database
    database.write_now(lambda one: one.execute(text("ALTER TABLE alerts RENAME TO away")))
    row = {"labels": {"statuspage_component": API}}

    answer = await bridge.http.post(
        "/alertmanager/main",
        json={"version": "4", "alerts": [row]},
        headers={"Authorization": "Bearer am-token"},
    )

    assert answer.status_code == 503
    assert "no such table: alerts" in answer.json()["error"]
    health = (await bridge.http.get("/health")).json()
    assert health["status"] == "failing"
    assert "no such table: alerts" in health["state"]
    assert "alerts" not in json.dumps(server.incidents())
