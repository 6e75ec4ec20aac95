"""What Alertmanager sends and lists, and what becomes of it on a real page."""

from typing import Any

import httpx
import pytest
from conftest import Running, Start
from making import API, CART, NOW
from real_server import RealServer

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.alertmanager.alerts import Alerts

ALERTS = Alerts(Account(source="alertmanager", name="main"), "partial_outage")
TOKEN = {"Authorization": "Bearer am-token"}


def row(name: str = API, status: Any = "firing", **labels: Any) -> dict[str, Any]:
    return {
        "status": status,
        "labels": {"alertname": "Errors", "statuspage_component": name} | labels,
        "annotations": {"summary": "It fails."},
        "startsAt": "2026-03-01T11:50:00.123456789Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "fingerprint": f"f-{name}",
    }


def message(*rows: Any) -> dict[str, Any]:
    return {"version": "4", "groupKey": "{}:{}", "status": "firing", "alerts": list(rows)}


def found(*rows: Any) -> list[Alert]:
    return ALERTS.sent(message(*rows), NOW)


@pytest.mark.parametrize(
    ("labels", "status"),
    [
        ({"severity": "critical"}, "major_outage"),
        ({"severity": "Warning"}, "degraded_performance"),
        ({"severity": "p3"}, "partial_outage"),
        ({}, "partial_outage"),
        ({"severity": "critical", "statuspage_status": "under_maintenance"}, "under_maintenance"),
        ({"statuspageComponentStatus": "nonsense"}, "partial_outage"),
    ],
)
def test_a_severity_is_a_status(labels: dict[str, str], status: str) -> None:
    assert [one.status for one in found(row(**labels))] == [status]


def test_a_message_has_open_alerts_and_alerts_that_are_over() -> None:
    alerts = found(row(), row(CART, "resolved"))

    assert [(one.component, one.is_open) for one in alerts] == [(API, True), (CART, False)]


def test_an_alert_names_several_components_as_other_bridges_have_it_too() -> None:
    alerts = found(row("Shop / Cart; API"), row("", statuspageComponentId=CART))

    assert [one.component for one in alerts] == ["Shop / Cart", "API", CART]


@pytest.mark.parametrize(
    "odd",
    [None, 1, {}, {"labels": None}, {"labels": {"statuspage_component": None}, "startsAt": 7}],
)
def test_an_alert_that_names_nothing_is_passed_over(odd: Any) -> None:
    assert found(odd) == []
    assert ALERTS.listed([odd, {"alerts": [odd]}], NOW) == []


def test_an_alert_without_a_fingerprint_is_known_by_its_labels() -> None:
    unnamed = row() | {"fingerprint": None}

    first, again, other = found(unnamed, unnamed, unnamed | {"labels": row(CART)["labels"]})

    assert first.id == again.id != other.id


@pytest.mark.parametrize("content", [None, [], {"alerts": None}])
def test_what_is_no_message_is_refused(content: Any) -> None:
    with pytest.raises(Refused) as refused:
        ALERTS.sent(content, NOW)

    assert refused.value.status == 400


@pytest.fixture
def pushed(start: Start) -> Running:
    return start(ALERTMANAGER_TOKEN_MAIN="am-token")


async def post(bridge: Running, *rows: Any, **headers: Any) -> httpx.Response:
    given = {"headers": TOKEN} | headers
    return await bridge.http.post("/alertmanager/main", json=message(*rows), **given)


async def test_from_firing_to_resolved(pushed: Running, server: RealServer) -> None:
    assert (await post(pushed, row(severity="critical"))).json() == ["Performed sync"]
    assert server.status(API) == "major_outage"

    await post(pushed, row(severity="critical"))
    assert len(server.incident()["incident_updates"]) == 1

    await post(pushed, row(status="resolved"))
    assert server.incident()["status"] == "resolved"
    assert server.status(API) == "operational"


async def test_one_incident_while_pagerduty_and_alertmanager_say_the_same(
    pushed: Running, server: RealServer
) -> None:
    await post(pushed, row())
    await pushed.acknowledged()

    assert server.incident()["status"] == "investigating"


async def test_a_password_will_do_and_nothing_else(pushed: Running) -> None:
    assert (await post(pushed, row(), headers={}, auth=("any", "am-token"))).status_code == 200
    for headers in ({}, {"Authorization": "Bearer other"}, {"Authorization": "Basic %%%"}):
        assert (await post(pushed, row(), headers=headers)).status_code == 401
    assert (await pushed.http.post("/alertmanager/none", headers=TOKEN)).status_code == 404


async def test_a_message_that_is_too_large_is_refused(pushed: Running) -> None:
    body = b" " * 2_000_001

    answer = await pushed.http.post("/alertmanager/main", content=body, headers=TOKEN)

    assert answer.status_code == 413


async def test_where_the_api_can_be_read_a_lost_message_is_made_good(
    start: Start, server: RealServer
) -> None:
    addresses = {"ALERTMANAGER_API_MAIN": "http://alertmanager.test/"}
    bridge = start(ALERTMANAGER_TOKEN_MAIN="am-token", **addresses)
    bridge.sources.fires = [row(status={"state": "active"})]
    await bridge.looks()
    assert server.incident()["status"] == "investigating"

    await post(bridge, row(status="resolved"))
    assert server.incident()["status"] == "investigating"

    bridge.sources.fires = []
    await bridge.looks()
    assert server.incident()["status"] == "resolved"


async def test_a_restart_closes_nothing_that_was_pushed_before(
    pushed: Running, start: Start, server: RealServer
) -> None:
    await post(pushed, row())

    restarted = start(ALERTMANAGER_TOKEN_MAIN="am-token")
    await restarted.looks()

    assert server.incident()["status"] == "investigating"


async def test_a_thousand_alerts_open_one_incident_for_each_component(
    pushed: Running, server: RealServer
) -> None:
    rows = [row(name) | {"fingerprint": f"f{n}"} for n in range(500) for name in (API, CART)]

    await post(pushed, *rows)

    assert len(server.incidents()) == 2
