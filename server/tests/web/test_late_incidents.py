"""Incidents that silence opens and a beat resolves, and the hands-off rule."""

from typing import Any

import pytest

from statuspage_server.storage.components import known_components
from tests.manage import Manage
from tests.running import RunningServer

CONFIG = """
statuspage:
  token: t
  interval: 60
  grace: 30
  late_incidents: {enabled: true, name: "{item} is silent"}
  groups:
    A: [{name: Web, id: web}]
    B: [{name: Web again, id: web}, {name: Mail, id: mail}]
server: {rate_limit: 0}
"""


@pytest.fixture
async def manage(server: RunningServer) -> Manage:
    await server.configure(CONFIG)
    for item in ("web", "mail"):
        await server.beat(item, "t")
    return await Manage.of(server)


async def silence(manage: Manage) -> None:
    for _ in range(19):
        manage.server.clock.move(5)
        await manage.server.beat("mail", "t")
        await manage.server.runtime.sweep_round()


async def web_components(manage: Manage) -> list[str]:
    page_id = manage.page_id
    known = await manage.server.runtime.database.read(lambda c: known_components(c, page_id))
    return [id_ for id_, component in known.items() if "Web" in component.name]


async def only_incident(manage: Manage) -> Any:
    (incident,) = await manage.get("incidents")
    return incident


async def test_silence_opens_one_and_a_beat_resolves_it(manage: Manage) -> None:
    await silence(manage)
    opened = await only_incident(manage)
    assert (opened["name"], opened["status"]) == ("Web is silent", "investigating")
    assert sorted(c["id"] for c in opened["components"]) == sorted(await web_components(manage))
    assert opened["impact"] in {"major", "critical"}
    await manage.server.beat("web", "t")
    resolved = await only_incident(manage)
    assert resolved["status"] == "resolved"
    assert {component["status"] for component in resolved["components"]} == {"operational"}
    assert len(resolved["incident_updates"]) == 2


async def test_a_failure_opens_one_too(manage: Manage) -> None:
    await manage.server.client.get("/refresh/web/fail", headers={"X-Token": "t"})
    assert (await only_incident(manage))["status"] == "investigating"


async def test_what_was_never_seen_opens_none(server: RunningServer) -> None:
    await server.configure(CONFIG)
    await server.pass_time(200, step=5)
    assert await (await Manage.of(server)).get("incidents") == []


async def test_one_that_a_person_took_over_is_left_alone(manage: Manage) -> None:
    await silence(manage)
    path = f"incidents/{(await only_incident(manage))['id']}"
    await manage.patch(path, {"incident": {"body": "I am on it.", "status": "identified"}})
    await manage.server.beat("web", "t")
    assert (await only_incident(manage))["status"] == "identified"
    assert {await manage.status_of(id_) for id_ in await web_components(manage)} == {"operational"}


async def test_none_is_opened_beside_a_persons(manage: Manage) -> None:
    await manage.incident("By hand", component_ids=await web_components(manage))
    await silence(manage)
    await manage.server.beat("web", "t")
    incident = await only_incident(manage)
    assert (incident["name"], incident["status"]) == ("By hand", "investigating")


async def test_a_person_may_delete_it(manage: Manage) -> None:
    await silence(manage)
    await manage.delete(f"incidents/{(await only_incident(manage))['id']}")
    await manage.server.beat("web", "t")
    assert await manage.get("incidents") == []


async def test_it_survives_a_restart(manage: Manage) -> None:
    await silence(manage)
    await manage.server.restart(after=600)
    assert (await only_incident(manage))["status"] == "investigating"
    await manage.server.beat("web", "t")
    assert (await only_incident(manage))["status"] == "resolved"


class TestMaintenance:
    async def test_silence_under_maintenance_is_no_outage(self, manage: Manage) -> None:
        for id_ in await web_components(manage):
            body = {"component": {"status": "under_maintenance"}}
            await manage.patch(f"components/{id_}", body)
        await silence(manage)
        assert await manage.get("incidents") == []

    async def test_when_it_is_over_the_heartbeats_count_again(self, manage: Manage) -> None:
        ids = await web_components(manage)
        for status in ("under_maintenance", "operational"):
            for id_ in ids:
                await manage.patch(f"components/{id_}", {"component": {"status": status}})
            if status == "under_maintenance":
                await silence(manage)
        await manage.server.runtime.sweep_round()
        assert {await manage.status_of(id_) for id_ in ids} == {"major_outage"}
        assert (await only_incident(manage))["status"] == "investigating"


async def test_a_persons_word_stands_between_changes(manage: Manage) -> None:
    (one, *_) = await web_components(manage)
    body = {"component": {"status": "degraded_performance"}}
    await manage.patch(f"components/{one}", body)
    await manage.server.beat("web", "t")
    await manage.server.pass_time(5)
    assert await manage.status_of(one) == "degraded_performance"
