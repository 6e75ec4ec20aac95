"""From what a source sends to the incident on a real page."""

import logging
from datetime import timedelta
from typing import Any

import httpx
import pytest
from conftest import Running, Start
from made_sources import LEAST, MESSAGES, settings
from making import API
from real_server import RealServer

PUSHED = sorted(LEAST.keys() - {"pagerduty"})
TOKEN = {"Authorization": "Bearer s3cret"}


@pytest.fixture
def bridge(start: Start) -> Running:
    return start(also=[settings(kind) for kind in PUSHED])


async def post(bridge: Running, kind: str, content: Any) -> httpx.Response:
    if kind == "pingdom":
        return await bridge.http.post("/pingdom/main?secret=s3cret", json=content)
    return await bridge.http.post(f"/{kind}/main", json=content, headers=TOKEN)


@pytest.mark.parametrize("kind", PUSHED)
async def test_what_a_source_pushes_is_on_the_page(
    bridge: Running, server: RealServer, kind: str
) -> None:
    assert (await post(bridge, kind, MESSAGES[kind])).json() == ["Performed sync"]

    assert server.incident()["status"] in ("investigating", "identified")
    assert server.status(API) in ("partial_outage", "major_outage")


@pytest.mark.parametrize("kind", PUSHED)
async def test_what_nobody_renews_runs_out(bridge: Running, server: RealServer, kind: str) -> None:
    await post(bridge, kind, MESSAGES[kind])
    now = bridge.bridge.reconciler.utc()

    bridge.bridge.reconciler.utc = lambda: now + timedelta(hours=4.9)
    await bridge.looks()
    assert server.incident()["status"] != "resolved"

    bridge.bridge.reconciler.utc = lambda: now + timedelta(hours=5.1)
    await bridge.looks()
    assert server.incident()["status"] == "resolved"


@pytest.mark.parametrize("kind", PUSHED)
async def test_who_proves_nothing_changes_nothing(
    bridge: Running, server: RealServer, kind: str
) -> None:
    answer = await bridge.http.post(f"/{kind}/main?secret=x", json=MESSAGES[kind])

    assert answer.status_code == 401
    assert set(answer.json()) == {"error"}
    assert server.incidents() == []


async def test_a_name_that_is_not_set_is_told(bridge: Running) -> None:
    answer = await bridge.http.post("/datadog/other", json={}, headers=TOKEN)

    assert answer.status_code == 404


async def test_what_cannot_be_understood_stops_nobody_else(
    bridge: Running, server: RealServer
) -> None:
    refused = await post(bridge, "datadog", {"nothing": "useful"})
    await post(bridge, "generic", MESSAGES["generic"])

    assert refused.status_code == 400
    assert refused.json() == {
        "error": "The body is not the payload to paste: it has no transition."
    }
    assert server.incident()["status"] == "investigating"


async def test_nothing_internal_is_logged(
    bridge: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="statuspage_bridge")
    inner = {"hostname": "db7.internal", "basic_auth_pass": "hunter2"}
    for kind in PUSHED:
        await post(bridge, kind, MESSAGES[kind] | inner | {"check_params": inner})
        await post(bridge, kind, inner)

    assert "open API" in caplog.text
    for internal in ("s3cret", "db7.internal", "hunter2", "host:a", "It fails."):
        assert internal not in caplog.text
