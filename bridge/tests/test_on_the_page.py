"""Which incidents are written to and which are left, on a real page."""

import httpx
import pytest
from conftest import Running, Start
from making import API, CART
from real_server import RealServer
from strict_pagerduty import incident


async def test_c2_7_what_pagerstatus_opened_is_resolved_and_nothing_else(
    running_bridge: Running, server: RealServer
) -> None:
    old = server.open(body="Automated.\n\N{THUNDER CLOUD AND RAIN}")
    manual = server.open(name="By hand", components={CART: "major_outage"}, body="We look.")

    await running_bridge.looks()

    assert {one["id"]: one["status"] for one in server.incidents()} == {
        old: "resolved",
        manual: "investigating",
    }


async def test_w2_g_what_pagerstatus_opened_goes_on_while_its_alert_does(
    running_bridge: Running, server: RealServer
) -> None:
    server.open(body="Automated.\n\N{THUNDER CLOUD AND RAIN}", components={API: "partial_outage"})
    running_bridge.sources.hugops.incidents = [incident("P1", f"component:{API}")]

    await running_bridge.looks()

    assert len(server.incident()["incident_updates"]) == 1


async def test_w2_h_a_worse_alert_is_an_update_and_a_better_one_too(
    running_bridge: Running, server: RealServer
) -> None:
    account = running_bridge.sources.hugops
    account.incidents = [incident("P1", ["component:API"])]
    await running_bridge.looks()
    account.incidents.append(incident("P2", ["cmp_API:major_outage"]))
    await running_bridge.looks()
    assert server.status(API) == "major_outage"
    account.incidents.pop()
    await running_bridge.looks()
    assert server.status(API) == "partial_outage"
    account.incidents.clear()
    await running_bridge.looks()

    public = server.incident()
    assert public["status"] == "resolved"
    assert len(public["incident_updates"]) == 4


@pytest.mark.parametrize(
    "change", [{"body": "It is the database."}, {"status": "monitoring"}, {"name": "Orders fail"}]
)
async def test_w2_h_what_a_person_wrote_to_is_theirs(
    running_bridge: Running, server: RealServer, change: dict[str, str]
) -> None:
    running_bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    await running_bridge.looks()
    server.write(server.incident()["id"], **change)
    before = server.incident()
    running_bridge.sources.hugops.incidents = []

    await running_bridge.looks()

    assert server.incident() == before


async def test_w2_h_what_a_person_resolved_stays_so(start: Start, server: RealServer) -> None:
    bridge = start()
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    await bridge.looks()
    server.write(server.incident()["id"], status="resolved")

    await bridge.looks()
    await start().looks()

    assert server.incident()["status"] == "resolved"


async def test_after_a_restart_nothing_is_opened_twice_and_nothing_forgotten(
    start: Start, server: RealServer
) -> None:
    first = start()
    first.sources.hugops.incidents = [incident("P1", "component:API")]
    await first.looks()
    await start().looks()
    assert server.incident()["status"] == "investigating"

    first.sources.hugops.incidents = []
    await start().looks()
    assert server.incident()["status"] == "resolved"


async def test_a_dry_run_writes_nothing(
    start: Start, server: RealServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    bridge = start(DRY_RUN="true")
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()

    assert server.incidents() == []
    assert "would open API" in caplog.text


async def test_under_a_planned_maintenance_nothing_is_opened(
    running_bridge: Running, server: RealServer
) -> None:
    server.open(
        name="Upgrade",
        status="in_progress",
        scheduled_for="2026-01-01T00:00:00Z",
        scheduled_until="2040-01-01T00:00:00Z",
        components={API: "under_maintenance"},
    )
    running_bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await running_bridge.looks()

    assert server.incident()["name"] == "Upgrade"


async def test_a_page_that_cannot_be_read_is_told(start: Start) -> None:
    bridge = start(STATUSPAGE_KEY="wrong")

    answer = await bridge.acknowledged()

    assert answer.status_code == 503
    assert answer.json()["error"].startswith("The status page could not be read. ")
    health = (await bridge.http.get("/health")).json()
    assert health["page"] != "ok"


async def test_a_flood_of_webhooks_leaves_the_quota_to_others(
    running_bridge: Running, server: RealServer
) -> None:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    running_bridge.bridge.reconciler.monotonic = lambda: 100.0
    running_bridge.bridge.reconciler.sleep = rest
    for _ in range(20):
        await running_bridge.acknowledged()
    assert rests == []

    await running_bridge.acknowledged()
    assert rests == [60.0]


class Refusing(httpx.AsyncBaseTransport):
    """The way to the page, which takes no incident of the API."""

    def __init__(self, way: httpx.AsyncBaseTransport) -> None:
        self.way = way

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and API in request.content.decode():
            return httpx.Response(422, json={"error": ["Components is invalid"]})
        return await self.way.handle_async_request(request)


async def test_w2_c_what_the_page_refuses_is_told_and_stops_no_other(
    start: Start, way: httpx.AsyncHTTPTransport, server: RealServer
) -> None:
    bridge = start(to_page=Refusing(way))
    bridge.sources.hugops.incidents = [incident("P1", "component:API,component:Cart")]

    await bridge.looks()

    assert server.incident()["name"] == "Errors in Cart"
    health = (await bridge.http.get("/health")).json()
    assert health["status"] == "failing"
    assert "Components is invalid" in health["failed"][API]
