"""Many reports of one component in a short time open a disruption, where the page asks for it."""

from typing import Any

import pytest

from tests.manage import Manage
from tests.nobl9_api.client import Nobl9
from tests.running import RunningServer

CONFIG = """
statuspage:
  token: t
  problem_reports: true
  disruption_detection: {enabled: true, name: "{component} is reported", clear_after: 1800}
  groups: {A: [{name: Web, id: web, interval: 86400}]}
server: {rate_limit: 0}
"""


@pytest.fixture
async def api(server: RunningServer) -> Nobl9:
    await server.configure(CONFIG)
    await server.beat("web", "t")
    return Nobl9(await Manage.of(server))


@pytest.fixture
async def one(api: Nobl9) -> str:
    return await api.manage.component("One")


async def only(api: Nobl9) -> Any:
    (disruption,) = await api.disruptions()
    return disruption


async def report_times(api: Nobl9, component_id: str, times: int) -> None:
    for _ in range(times):
        await api.report(component_id)
        api.manage.server.clock.move(1)


async def fail(api: Nobl9) -> None:
    headers = {"X-Token": "t"}
    await api.manage.server.client.post("/refresh/web/fail", headers=headers, content="disk full")


async def test_five_in_five_minutes_make_it_degraded(api: Nobl9, one: str) -> None:
    await report_times(api, one, 4)
    assert await api.manage.status_of(one) == "operational"
    await report_times(api, one, 1)
    assert await api.manage.status_of(one) == "degraded_performance"
    disruption = await only(api)
    assert (disruption["title"], disruption["severity"], disruption["source"]) == (
        "One is reported",
        "degradedPerformance",
        "autoDetected",
    )
    (incident,) = await api.manage.get("incidents/unresolved")
    assert incident["id"] == disruption["id"]
    assert (await api.get(f"components/{one}"))["impactingDisruption"]["issueCount"] == 5


async def test_visitors_of_the_page_and_monitors_count_among_them(api: Nobl9, one: str) -> None:
    visitor = await api.manage.server.client.post("/report", data={"component": one})
    assert visitor.status_code == 200
    await report_times(api, one, 2)
    for _ in range(2):
        body = {"componentName": "One", "requestedBy": "datadog"}
        await api.post("issues/external", body, 201)
    assert (await only(api))["source"] == "autoDetected"
    counts = (await api.get("issues/summary"))["totalCounts"]
    assert (counts["userCount"], counts["externalCount"]) == (3, 2)


async def test_more_reports_open_no_second_one(api: Nobl9, one: str) -> None:
    await report_times(api, one, 12)
    await only(api)


async def test_after_it_is_cleared_it_takes_as_many_again(api: Nobl9, one: str) -> None:
    await report_times(api, one, 5)
    await api.change_status(one, "operational")
    api.manage.server.clock.move(1)
    await report_times(api, one, 4)
    await only(api)
    await report_times(api, one, 1)
    assert len(await api.disruptions()) == 2


async def test_two_alerts_of_heartbeats_are_enough(api: Nobl9) -> None:
    await fail(api)
    assert await api.disruptions() == []
    await api.manage.server.beat("web", "t")
    await fail(api)
    disruption = await only(api)
    assert disruption["severity"] == "majorOutage"  # what is down is not called degraded
    assert (await api.get("issues/summary"))["totalCounts"]["internalCount"] == 2
    (issue, _) = (await api.get("issues", source="internal"))["issues"]
    assert issue["comment"] == "disk full"


async def test_none_is_opened_where_an_incident_or_maintenance_covers_it(
    api: Nobl9, one: str
) -> None:
    await api.manage.incident("By hand", component_ids=[one])
    await report_times(api, one, 6)
    await only(api)
    two = await api.manage.component("Two", status="under_maintenance")
    await report_times(api, two, 6)
    assert await api.manage.status_of(two) == "under_maintenance"
    await only(api)


async def test_it_is_off_by_default(api: Nobl9, one: str) -> None:
    await api.manage.server.configure("statuspage: {token: t}\nserver: {rate_limit: 0}")
    await report_times(api, one, 10)
    assert await api.disruptions() == []


async def test_the_thresholds_are_settings(api: Nobl9, one: str) -> None:
    less = "enabled: true, reports: 2, seconds: 10,"
    await api.manage.server.configure(CONFIG.replace("enabled: true,", less))
    await api.report(one)
    api.manage.server.clock.move(10)
    await api.report(one)
    assert await api.disruptions() == []
    await api.report(one)
    await only(api)


class TestClearing:
    async def state(self, api: Nobl9) -> str:
        (incident,) = await api.manage.get("incidents")
        return str(incident["status"])

    async def test_silence_clears_it(self, api: Nobl9, one: str) -> None:
        await report_times(api, one, 5)
        await api.manage.server.pass_time(1795, step=359)
        await api.report(one)
        await api.manage.server.pass_time(1795, step=359)
        assert await self.state(api) == "investigating"
        await api.manage.server.pass_time(5, step=5)
        assert await self.state(api) == "resolved"
        assert await api.manage.status_of(one) == "operational"

    async def test_what_a_person_has_touched_is_left_to_them(self, api: Nobl9, one: str) -> None:
        await report_times(api, one, 5)
        path = f"incidents/{(await only(api))['id']}"
        await api.manage.patch(path, {"incident": {"body": "I am on it."}})
        await api.manage.server.pass_time(4000, step=2000)
        assert await self.state(api) == "investigating"

    async def test_what_a_person_opened_is_never_cleared(self, api: Nobl9, one: str) -> None:
        await api.manage.incident("By hand", components={one: "degraded_performance"})
        await report_times(api, one, 5)
        await api.manage.server.pass_time(4000, step=2000)
        assert await self.state(api) == "investigating"

    async def test_what_has_grown_worse_is_not(self, api: Nobl9, one: str) -> None:
        await report_times(api, one, 5)
        await api.manage.patch(f"components/{one}", {"component": {"status": "major_outage"}})
        await api.manage.server.pass_time(4000, step=2000)
        assert await self.state(api) == "investigating"

    async def test_without_the_setting_nothing_is_cleared(self, api: Nobl9, one: str) -> None:
        await report_times(api, one, 5)
        await api.manage.server.configure(CONFIG.replace(", clear_after: 1800", ""))
        await api.manage.server.pass_time(4000, step=2000)
        assert await self.state(api) == "investigating"
