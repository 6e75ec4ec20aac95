"""What Pagerstatus does, and what it did wrong, on a real page."""

import asyncio
import hmac
import json
from pathlib import Path

import httpx
import pytest
from conftest import Running, Start
from making import API, CART
from real_server import RealServer
from strict_pagerduty import incident

from statuspage_bridge.configuration.texts_file import read_texts


async def test_c2_1_it_says_hello(running_bridge: Running) -> None:
    assert (await running_bridge.http.get("/")).json() == ["Hello from Pagerstatus"]


async def test_c2_2_an_account_is_known_in_any_case(running_bridge: Running) -> None:
    assert (await running_bridge.acknowledged("HugOps")).json() == ["Performed sync"]

    missing = await running_bridge.acknowledged("nobody")
    assert missing.status_code == 404
    assert missing.json() == {"error": "Configuration for nobody not found"}


async def test_c2_2_what_is_no_webhook_is_refused(running_bridge: Running) -> None:
    answer = await running_bridge.http.post("/hugops", content=b"{")

    assert (answer.status_code, answer.json()) == (400, {"error": "The body is not JSON."})


async def test_c2_3_what_changes_nothing_public_is_not_looked_into(
    running_bridge: Running,
) -> None:
    body = {"messages": [{"event": "incident.trigger"}]}

    assert (await running_bridge.http.post("/hugops", json=body)).json() == ["No need to sync"]
    assert running_bridge.sources.hugops.asked == []


async def test_c2_9_an_acknowledged_incident_is_public(
    running_bridge: Running, server: RealServer
) -> None:
    running_bridge.sources.hugops.incidents = [incident("P1", f"env:prod,component:{API}")]

    assert (await running_bridge.acknowledged()).json() == ["Performed sync"]

    public = server.incident()
    assert public["name"] == "Errors in API"
    assert public["status"] == "investigating"
    assert "errors in API" in public["incident_updates"][0]["body"]
    assert public["incident_updates"][0]["deliver_notifications"] is False
    assert server.status(API) == "partial_outage"


async def test_c2_9_the_template_of_pagerstatus_is_used(
    tmp_path: Path, start: Start, server: RealServer
) -> None:
    file = tmp_path / "incident_templates/default.yml"
    file.parent.mkdir()
    file.write_text(
        "  # As it was\n  name: Trouble with {{component_name}}\n"
        "  body: We look at {{component_name}}.\n  incident_status: identified\n"
        "  component_status: major_outage"
    )
    bridge = start({"templates": {"default": read_texts(None, tmp_path)}})
    bridge.sources.hugops.incidents = [incident("P1", [f"component_{CART}"])]

    await bridge.acknowledged()

    public = server.incident()
    assert (public["name"], public["status"]) == ("Trouble with Cart", "identified")
    assert public["incident_updates"][0]["body"] == "We look at Cart."
    assert server.status(CART) == "major_outage"


async def test_c2_10_when_it_is_over_the_component_is_operational(
    running_bridge: Running, server: RealServer
) -> None:
    running_bridge.sources.hugops.incidents = [incident("P1", f"component:{API}")]
    await running_bridge.acknowledged()
    running_bridge.sources.hugops.incidents = []

    await running_bridge.acknowledged()

    assert server.incident()["status"] == "resolved"
    assert server.status(API) == "operational"


async def test_c2_8_one_incident_for_a_component_however_many_alerts(
    running_bridge: Running, server: RealServer
) -> None:
    both = [
        incident("P1", f"component:{API}"),
        incident("P2", [f"component:{API}", "component:Cart"]),
    ]
    running_bridge.sources.hugops.incidents = both
    running_bridge.sources.other.incidents = [incident("P9", f"component:{API}")]

    for _ in range(3):
        await running_bridge.acknowledged()

    assert sorted(one["name"] for one in server.incidents()) == ["Errors in API", "Errors in Cart"]


async def test_c2_11_w2_a_an_account_never_closes_what_another_holds(
    running_bridge: Running, server: RealServer
) -> None:
    running_bridge.sources.hugops.incidents = [incident("P1", f"component:{API}")]
    await running_bridge.acknowledged("hugops")

    await running_bridge.acknowledged("other")

    assert server.incident()["status"] == "investigating"


async def test_w2_a_nothing_is_closed_while_an_account_cannot_be_read(
    running_bridge: Running, server: RealServer
) -> None:
    running_bridge.sources.hugops.incidents = [incident("P1", f"component:{API}")]
    await running_bridge.acknowledged()
    running_bridge.sources.hugops.failing = [httpx.Response(401)]

    await running_bridge.acknowledged("other")

    assert server.incident()["status"] == "investigating"
    health = (await running_bridge.http.get("/health")).json()
    assert health["status"] == "failing"
    assert health["sources"]["pagerduty/hugops"].startswith("pagerduty/hugops answered 401.")
    assert health["sources"]["pagerduty/other"] == "ok"


async def test_w2_c_a_component_that_does_not_exist_stops_no_other(
    running_bridge: Running, server: RealServer, caplog: pytest.LogCaptureFixture
) -> None:
    tags = ["component:Nowhere", "component:Shop", "component:Shop / Cart"]
    running_bridge.sources.hugops.incidents = [incident("P1", tags)]

    await running_bridge.acknowledged()

    assert server.incident()["name"] == "Errors in Cart"
    assert "Nowhere" in caplog.text


async def test_w2_e_webhooks_at_the_same_moment_open_one_incident(
    start: Start, server: RealServer
) -> None:
    replicas = [start(), start()]
    replicas[0].sources.hugops.incidents = [incident("P1", f"component:{API}")]

    await asyncio.gather(*(one.acknowledged() for one in replicas for _ in range(20)))
    await replicas[0].looks()

    assert server.incident()["status"] == "investigating"


async def test_w2_f_where_there_is_a_secret_an_unsigned_webhook_is_refused(start: Start) -> None:
    bridge = start(PD_SECRET_HUGOPS="old,new")
    body = json.dumps({"event": {"event_type": "incident.acknowledged"}}).encode()
    signature = "v1=" + hmac.new(b"new", body, "sha256").hexdigest()
    headers = {"X-PagerDuty-Signature": signature, "X-Webhook-Id": "w1"}

    assert (await bridge.acknowledged()).status_code == 400
    assert (await bridge.http.post("/hugops", content=body, headers=headers)).json() == [
        "Performed sync"
    ]
    assert (await bridge.http.post("/hugops", content=body, headers=headers)).json() == [
        "No need to sync"
    ]
