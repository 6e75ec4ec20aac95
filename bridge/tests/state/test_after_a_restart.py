"""What a bridge does on a real page that remembers what was before its start."""

from datetime import timedelta
from typing import Any

import pytest
from conftest import Running, Start
from making import API
from real_server import RealServer
from strict_pagerduty import incident

from statuspage_bridge.sources.source import Webhook

BODY = b'{"version": "4", "alerts": [{"labels": {"statuspage_component": "API"}}]}'
HEADERS = {"Authorization": "Bearer am-token"}


@pytest.fixture
def kept(start: Start, address: str) -> Start:
    """Start bridges with a state; the one before ends."""
    before: list[Running] = []

    def begin(**more: Any) -> Running:
        for one in before:
            one.ends()
        before.append(start(STATE=address, ALERTMANAGER_TOKEN_MAIN="am-token", **more))
        return before[-1]

    return begin


async def push(bridge: Running, status: str = "firing", name: str = "API") -> None:
    row = {
        "status": status,
        "labels": {"statuspage_component": name},
        "startsAt": "2026-03-01T11:50:00Z",
        "fingerprint": f"f-{name}",
    }
    body = {"version": "4", "alerts": [row]}
    answer = await bridge.http.post("/alertmanager/main", json=body, headers=HEADERS)
    assert answer.status_code == 200


def move(bridge: Running, **length: float) -> None:
    """Let time pass for a bridge."""
    now = bridge.bridge.reconciler.utc
    bridge.bridge.reconciler.utc = lambda: now() + timedelta(**length)


async def test_an_incident_that_a_person_deletes_is_not_opened_again(
    kept: Start, server: RealServer
) -> None:
    bridge = kept()
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    await bridge.looks()
    server.call("DELETE", f"/incidents/{server.incident()['id']}")

    await bridge.looks()
    restarted = kept()
    await restarted.looks()
    assert server.incidents() == []
    (decision,) = restarted.bridge.reconciler.last.decisions  # type: ignore[union-attr]
    assert decision.reason == "A person has ended its incident while it went on."


async def test_a_new_alert_opens_one_after_a_person_has_deleted_another(
    kept: Start, server: RealServer
) -> None:
    bridge = kept()
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    await bridge.looks()
    server.call("DELETE", f"/incidents/{server.incident()['id']}")
    await bridge.looks()

    later = "2040-01-01T00:00:00Z"
    bridge.sources.hugops.incidents = [incident("P2", "component:API", created_at=later)]
    await bridge.looks()

    assert server.incident()["status"] == "investigating"


async def test_what_was_pushed_before_a_restart_is_known_after_it(
    kept: Start, server: RealServer
) -> None:
    await push(kept())

    restarted = kept()
    await push(restarted, "resolved")

    assert server.incident()["status"] == "resolved"


async def test_a_pushed_alert_runs_out_although_the_bridge_was_started_again(
    kept: Start, server: RealServer
) -> None:
    await push(kept())
    restarted = kept()
    move(restarted, hours=4.9)
    await restarted.looks()
    assert server.incident()["status"] == "investigating"

    move(restarted, hours=0.2)
    await restarted.looks()
    assert server.incident()["status"] == "resolved"


async def test_a_hold_off_does_not_begin_anew_with_a_restart(
    kept: Start, server: RealServer
) -> None:
    bridge = kept(RESOLVES_AFTER="10m")
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    await bridge.looks()
    bridge.sources.hugops.incidents = []
    await bridge.looks()

    restarted = kept(RESOLVES_AFTER="10m")
    move(restarted, minutes=9)
    await restarted.looks()
    assert server.incident()["status"] == "investigating"

    move(restarted, minutes=2)
    await restarted.looks()
    assert server.incident()["status"] == "resolved"


async def test_a_webhook_seen_before_a_restart_is_not_acted_on_again(kept: Start) -> None:
    async def deliver(bridge: Running) -> Any:
        body = {"event": {"event_type": "incident.acknowledged"}}
        answer = await bridge.http.post("/hugops", json=body, headers={"X-Webhook-Id": "w1"})
        return answer.json()

    assert await deliver(kept()) == ["Performed sync"]
    assert await deliver(kept()) == ["No need to sync"]


async def test_an_alert_that_was_stored_before_a_kill_is_acted_on_after_it(
    kept: Start, server: RealServer
) -> None:
    bridge = kept()
    source = next(one for one in bridge.bridge.sources.values() if one.reader is None)
    told = source.receive(Webhook(body=BODY), bridge.bridge.reconciler.utc())
    await bridge.bridge.state.push(told.alerts)

    await kept().looks()

    assert server.incident()["name"] == "Errors in API"
    assert server.status(API) == "partial_outage"
