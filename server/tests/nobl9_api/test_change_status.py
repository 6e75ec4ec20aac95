"""Version 1: a change of status opens, changes and closes incidents, and is remembered."""

from typing import Any

import pytest

from tests.manage import Manage
from tests.nobl9_api.client import Nobl9
from tests.running import RunningServer


async def incidents(api: Nobl9, **query: Any) -> list[Any]:
    days = (await api.get("incidents", **query))["days"]
    return [incident for day in days for incident in day["incidents"]]


async def history(api: Nobl9, component_id: str) -> list[tuple[str, str, str, str | None]]:
    found = (await api.get(f"components/{component_id}/status-changes"))["history"]
    return [
        (one["previousStatus"], one["newStatus"], one["changedBy"], one["comment"]) for one in found
    ]


async def open_names(api: Nobl9) -> list[str]:
    return [one["name"] for one in await api.manage.get("incidents/unresolved")]


class TestAComponent:
    async def test_what_is_not_operational_opens_an_incident_and_operational_closes_it(
        self, api: Nobl9
    ) -> None:
        one = await api.manage.component("One")
        changed = await api.change_status(one, "majorOutage", "It is down.")
        assert (changed["previousStatus"], changed["newStatus"]) == ("operational", "majorOutage")
        assert await open_names(api) == ["Problems with One"]
        api.manage.server.clock.move(90)
        changed = await api.change_status(one, "operational", "It is back.")
        assert (changed["previousStatus"], changed["newStatus"]) == ("majorOutage", "operational")
        assert await open_names(api) == []
        (incident,) = await api.manage.get("incidents")
        assert [update["body"] for update in incident["incident_updates"]] == [
            "It is back.",
            "It is down.",
        ]

    async def test_another_severity_changes_the_same_incident(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        for status in ("degradedPerformance", "majorOutage", "majorOutage"):
            await api.change_status(one, status)
        (incident,) = await api.manage.get("incidents")
        assert len(incident["incident_updates"]) == 2
        assert await api.manage.status_of(one) == "major_outage"

    async def test_operational_ends_an_incident_with_the_last_that_was_unwell(
        self, api: Nobl9
    ) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        await api.manage.incident("By hand", components=dict.fromkeys([one, two], "major_outage"))
        await api.change_status(one, "operational")
        assert await api.manage.status_of(one) == "operational"
        assert await open_names(api) == ["By hand"]
        await api.change_status(two, "operational")
        assert await open_names(api) == []

    async def test_operational_without_an_incident_only_sets_the_component(
        self, api: Nobl9
    ) -> None:
        one = await api.manage.component("One", status="partial_outage")
        changed = await api.change_status(one, "operational")
        assert changed["previousStatus"] == "degradedPerformance"
        assert await api.manage.status_of(one) == "operational"
        assert await api.manage.get("incidents") == []

    @pytest.mark.parametrize("status", ["partialOutage", "down", "", None, 3])
    async def test_a_status_that_nobl9_does_not_know_is_refused(
        self, api: Nobl9, status: Any
    ) -> None:
        one = await api.manage.component("One")
        answer = await api.change_status(one, status, expect=400)
        assert "'operational', 'degradedPerformance' or 'majorOutage'" in answer["error"][0]

    async def test_a_group_follows_its_components_and_is_not_set(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        group = {"component_group": {"name": "G", "components": [one]}}
        group_id = (await api.manage.post("component-groups", group))["id"]
        answer = await api.change_status(group_id, "majorOutage", expect=400)
        assert "G is a group" in answer["error"][0]

    async def test_components_of_other_pages_are_not_there(self, server: RunningServer) -> None:
        pages = "statuspage: {token: t}\npages: {two: {title: Two, token: t}}"
        await server.configure(f"{pages}\nserver: {{rate_limit: 0}}")
        first = await Manage.of(server)
        second = Manage(server, first.key, server.runtime.monitors.pages[1].page_id)
        elsewhere = await second.component("Elsewhere")
        api = Nobl9(first)
        await api.change_status(elsewhere, "majorOutage", expect=404)
        await api.get(f"components/{elsewhere}", 404)
        await api.get(f"components/{elsewhere}/status-changes", 404)
        await api.post("issues", {"componentId": elsewhere}, 404)


class TestIncidents:
    async def test_all_ongoing_or_resolved_by_day(self, api: Nobl9) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        await api.change_status(one, "majorOutage")
        api.manage.server.clock.move(86_400)
        await api.change_status(one, "operational")
        await api.change_status(two, "degradedPerformance")
        days = (await api.get("incidents"))["days"]
        assert [(day["date"], day["count"]) for day in days] == [
            ("2026-03-05", 1),
            ("2026-03-04", 1),
        ]
        assert [one["componentName"] for one in await incidents(api, ongoing="true")] == ["Two"]
        assert [one["componentName"] for one in await incidents(api, ongoing="false")] == ["One"]

    async def test_one_tells_how_long_it_lasted_and_how_often_it_was_reported(
        self, api: Nobl9
    ) -> None:
        one = await api.manage.component("One")
        await api.report(one)
        api.manage.server.clock.move(10)
        await api.change_status(one, "majorOutage", "It is down.")
        api.manage.server.clock.move(80)
        await api.report(one)
        (ongoing,) = await incidents(api)
        assert (ongoing["duration"], ongoing["endedAt"], ongoing["issueCount"]) == (80, None, 2)
        await api.change_status(one, "operational")
        api.manage.server.clock.move(1000)
        await api.report(one)
        (resolved,) = await incidents(api)
        assert {key: resolved[key] for key in ("severity", "status", "duration", "issueCount")} == {
            "severity": "majorOutage",
            "status": "resolved",
            "duration": 80,
            "issueCount": 2,
        }
        assert (resolved["startedAt"], resolved["startComment"]) == (
            "2026-03-04T05:06:17.089Z",
            "It is down.",
        )


class TestHistory:
    async def test_who_why_and_when_the_newest_first(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.change_status(one, "degradedPerformance", "It is slow.")
        await api.change_status(one, "operational", "It is fast.")
        assert await history(api, one) == [
            ("degradedPerformance", "operational", "tests", "It is fast."),
            ("operational", "degradedPerformance", "tests", "It is slow."),
        ]

    async def test_changes_by_other_ways_stand_in_it(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.manage.patch(f"components/{one}", {"component": {"status": "major_outage"}})
        await api.manage.incident("By hand", components={one: "operational"}, body="Mended.")
        assert await history(api, one) == [
            ("majorOutage", "operational", "tests", "Mended."),
            ("operational", "majorOutage", "tests", None),
        ]

    async def test_heartbeats_tell_what_they_saw(self, server: RunningServer) -> None:
        config = "statuspage: {token: t, groups: {A: [{name: Web, id: web}]}}"
        await server.configure(f"{config}\nserver: {{rate_limit: 0}}")
        api = Nobl9(await Manage.of(server))
        await server.beat("web", "t")
        headers = {"X-Token": "t"}
        await server.client.post("/refresh/web/fail", headers=headers, content="disk full")
        (group,) = (await api.get("status"))["components"]
        (web,) = group["children"]
        assert (await history(api, web["id"]))[0] == (
            "operational",
            "majorOutage",
            "heartbeats",
            "disk full",
        )

    async def test_what_is_not_known_of_older_changes_is_said(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.manage.patch(f"components/{one}", {"component": {"status": "major_outage"}})
        await api.manage.server.runtime.database.write(
            lambda c: c.exec_driver_sql("UPDATE status_changes SET author = NULL, source = NULL")
        )
        assert await history(api, one) == [("operational", "majorOutage", "unknown", None)]

    async def test_maintenance_is_no_change_for_nobl9(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.manage.patch(f"components/{one}", {"component": {"status": "under_maintenance"}})
        assert await history(api, one) == []

    async def test_a_group_has_that_of_its_components_with_where_each_came_from(
        self, api: Nobl9
    ) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        group = {"component_group": {"name": "G", "components": [one, two]}}
        group_id = (await api.manage.post("component-groups", group))["id"]
        await api.change_status(one, "majorOutage")
        await api.change_status(two, "degradedPerformance")
        await api.change_status(one, "operational")
        found = (await api.get(f"components/{group_id}/status-changes"))["history"]
        assert [(one["newStatus"], one["propagatedFrom"]["name"]) for one in found] == [
            ("degradedPerformance", "One"),
            ("majorOutage", "One"),
        ]
