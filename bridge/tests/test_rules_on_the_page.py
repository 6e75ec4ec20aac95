"""What the rules lead to on a real page."""

from typing import Any

import httpx
import pytest
from conftest import Start
from making import API, CART
from real_server import RealServer

from statuspage_bridge.configuration.rules import Choices, RuleSettings
from statuspage_bridge.core.rules import IncidentPer
from statuspage_bridge.texts import Texts

TOKEN = {"ALERTMANAGER_TOKEN_MAIN": "am-token"}
PER_GROUP = {"defaults": Choices(incident_per=IncidentPer.GROUP)}


def fires(component: str, *, over: bool = False, **labels: str) -> dict[str, Any]:
    return {
        "status": "resolved" if over else "firing",
        "labels": {"alertname": "Errors", "statuspage_component": component, **labels},
        "startsAt": "2026-03-01T11:50:00Z",
        "fingerprint": f"of {component}",
    }


async def send(http: httpx.AsyncClient, *alerts: dict[str, Any]) -> None:
    answer = await http.post(
        "/alertmanager/main",
        json={"groupKey": '{}:{alertname="Errors"}', "alerts": alerts},
        headers={"Authorization": "Bearer am-token"},
    )
    assert answer.json() == ["Performed sync"]


async def test_a_group_is_one_incident_whose_components_come_and_go(
    start: Start, server: RealServer
) -> None:
    bridge = start(PER_GROUP, **TOKEN)

    await send(bridge.http, fires("API"))
    await send(bridge.http, fires("API"), fires("Cart"))
    assert server.incident()["name"] == "Errors in API"
    assert server.status(CART) == "partial_outage"
    assert "alertname" not in str(server.incident()["metadata"])

    await send(bridge.http, fires("API", over=True), fires("Cart"))
    assert (server.status(API), server.status(CART)) == ("operational", "partial_outage")

    await send(bridge.http, fires("API", over=True), fires("Cart", over=True))
    assert server.incident()["status"] == "resolved"
    assert server.status(CART) == "operational"


async def test_no_component_becomes_well_that_an_incident_of_a_person_is_about(
    start: Start, server: RealServer
) -> None:
    bridge = start(PER_GROUP, **TOKEN)
    await send(bridge.http, fires("API"), fires("Cart"))
    server.open(components={API: "major_outage"})

    await send(bridge.http, fires("API", over=True), fires("Cart"))

    assert server.status(API) == "major_outage"


async def test_the_incident_beyond_the_hourly_limit_ends_with_its_causes(
    start: Start, server: RealServer
) -> None:
    bridge = start({"most_an_hour": 1}, **TOKEN)

    await send(bridge.http, fires("API", severity="critical"), fires("Cart"))
    names = {one["name"]: one for one in server.incidents()}
    assert names.keys() == {"Errors in API", "Several systems are affected"}
    assert server.status(CART) == "partial_outage"

    await send(bridge.http, fires("API", severity="critical"), fires("Cart", over=True))
    ended = {one["name"]: one["status"] for one in server.incidents()}
    assert ended["Several systems are affected"] == "resolved"
    assert ended["Errors in API"] == "investigating"


async def test_an_impact_is_raised_and_lowered_in_one_incident(
    start: Start, server: RealServer
) -> None:
    rule = RuleSettings.model_validate({"when": {"severity": "critical"}, "impact": "critical"})
    bridge = start({"rules": [rule]}, **TOKEN)
    seen = []
    for severity in ("warning", "critical", "warning"):
        await send(bridge.http, fires("API", severity=severity))
        seen.append(server.incident()["impact"])

    assert seen == ["minor", "critical", "minor"]


async def test_an_impact_that_a_person_has_changed_makes_the_incident_theirs(
    start: Start, server: RealServer
) -> None:
    bridge = start(**TOKEN)
    await send(bridge.http, fires("API"))
    server.write(server.incident()["id"], impact_override="critical")

    await send(bridge.http, fires("API", over=True))

    assert server.incident()["status"] == "investigating"


async def test_subscribers_are_told_where_a_rule_says_so(start: Start, server: RealServer) -> None:
    rule = RuleSettings.model_validate({"when": {"severity": "critical"}, "notify": True})
    bridge = start({"rules": [rule]}, **TOKEN)

    await send(bridge.http, fires("API", severity="critical"), fires("Cart"))
    await send(bridge.http, fires("API", over=True), fires("Cart", over=True))

    told = {
        one["name"]: [update["deliver_notifications"] for update in one["incident_updates"]]
        for one in server.incidents()
    }
    assert told == {"Errors in API": [True, True], "Errors in Cart": [False, False]}


async def test_a_fault_in_a_template_is_told_and_the_outage_too(
    start: Start, server: RealServer, caplog: pytest.LogCaptureFixture
) -> None:
    bridge = start({"templates": {"default": Texts(name="Errors in {{ labels.zone }}")}}, **TOKEN)

    await send(bridge.http, fires("API"), fires("Cart", zone="eu"))

    assert {one["name"] for one in server.incidents()} == {"Errors in API", "Errors in eu"}
    failed = (await bridge.http.get("/health")).json()["failed"]
    assert failed.keys() == {API}
    assert failed[API].startswith("The template default has a fault in `name`: ")
    assert failed[API] in caplog.text


async def test_a_rule_names_a_component_as_the_page_does(start: Start, server: RealServer) -> None:
    rule = RuleSettings.model_validate({"when": {"component": "Shop / Cart"}, "quiet": True})
    bridge = start({"rules": [rule], "quiet": ["API"]}, **TOKEN)

    await send(bridge.http, fires("API"), fires("Cart"))

    assert server.incidents() == []
