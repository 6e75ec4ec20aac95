"""Issues by users and by monitors: taken, matched by name, listed and counted."""

from typing import Any

import pytest

from statuspage_server.manage.problem_reports import count_reports
from tests.nobl9_api.client import Nobl9


async def external(api: Nobl9, expect: int = 201, **fields: Any) -> Any:
    body = {"componentName": "One", "requestedBy": "datadog", **fields}
    said = {key: value for key, value in body.items() if value is not None}
    return await api.post("issues/external", said, expect)


class TestOfUsers:
    async def test_one_is_about_a_component(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        body = {"componentId": one, "occurredAt": "2026-03-04T06:00:00+01:00", "comment": "Slow."}
        made = await api.post("issues", body, 201)
        assert made == {
            "id": made["id"],
            "componentId": one,
            "componentName": "One",
            "occurredAt": "2026-03-04T05:00:00.000Z",
            "comment": "Slow.",
            "source": "user",
            "requestedBy": None,
            "url": None,
            "createdAt": "2026-03-04T05:06:07.089Z",
        }
        assert (await api.get("issues"))["issues"] == [made]

    async def test_alone_it_changes_no_status(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.report(one)
        assert await api.manage.status_of(one) == "operational"

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"componentId": None},
            {"componentId": "One", "occurredAt": "soon"},
            {"componentId": "One", "comment": "x" * 2001},
            {"componentId": "One", "comment": "\x00"},
            [],
            "text",
        ],
    )
    async def test_a_fault_is_answered_with_400(self, api: Nobl9, body: Any) -> None:
        assert (await api.post("issues", body, 400))["error"]

    async def test_a_body_that_is_no_json_is_answered_with_400(self, api: Nobl9) -> None:
        answer = await api.manage.server.client.post(
            "/api/dashboards/v1/status-page/issues",
            content=b"{",
            headers={
                "Organization": api.manage.page_id,
                "Authorization": f"Bearer {api.manage.key}",
            },
        )
        assert (answer.status_code, "JSON" in answer.json()["error"]) == (400, True)


class TestOfMonitors:
    async def test_every_component_of_that_name_gets_one(self, api: Nobl9) -> None:
        ids = [await api.manage.component("One") for _ in range(2)]
        await api.manage.component("one")
        answer = await external(api, url="https://example.com/alert", comment="Errors.")
        assert [report["componentId"] for report in answer["reports"]] == ids
        assert answer["message"] == "2 issues reported"
        assert {report["source"] for report in answer["reports"]} == {"external"}
        assert {report["url"] for report in answer["reports"]} == {"https://example.com/alert"}

    async def test_an_unknown_name_is_answered_with_404(self, api: Nobl9) -> None:
        assert "called One" in (await external(api, 404))["error"]

    async def test_a_groups_name_is_no_components(self, api: Nobl9) -> None:
        one = await api.manage.component("Member")
        group = {"component_group": {"name": "One", "components": [one]}}
        await api.manage.post("component-groups", group)
        await external(api, 404)

    class TestOfVersion2:
        async def test_it_changes_no_status_and_speaks_of_none(self, api: Nobl9) -> None:
            one = await api.manage.component("One")
            assert "statusChanges" not in await external(api)
            assert await api.manage.status_of(one) == "operational"

        @pytest.mark.parametrize("requested_by", [None, "", "x" * 51])
        async def test_it_says_who_reports_in_up_to_fifty_characters(
            self, api: Nobl9, requested_by: str | None
        ) -> None:
            await api.manage.component("One")
            await external(api, requestedBy="x" * 50)
            answer = await external(api, 400, requestedBy=requested_by)
            assert "requestedBy" in answer["error"][0]

        async def test_its_url_has_2048_characters_at_most(self, api: Nobl9) -> None:
            await api.manage.component("One")
            longest = "https://example.com/".ljust(2048, "x")
            await external(api, url=longest)
            for url in (f"{longest}x", "javascript:alert(1)", "example.com"):
                assert "url" in (await external(api, 400, url=url))["error"][0]

    class TestOfVersion1:
        async def test_it_sets_the_status_as_well(self, api: Nobl9) -> None:
            ids = [await api.manage.component("One") for _ in range(2)]
            change = {"status": "majorOutage", "propagateUp": True}
            answer = await external(api, statusChange=change, requestedBy=None)
            assert [
                (one["componentId"], one["previousStatus"], one["newStatus"])
                for one in answer["statusChanges"]
            ] == [(id_, "operational", "majorOutage") for id_ in ids]
            assert len(await api.disruptions(state="impacting")) == 2
            assert answer["reports"][0]["requestedBy"] == "external-system"

        async def test_a_change_that_is_null_is_none(self, api: Nobl9) -> None:
            await api.manage.component("One")
            body = {"componentName": "One", "statusChange": None}
            assert (await api.post("issues/external", body, 201))["statusChanges"] == []

        async def test_what_a_monitor_opened_it_closes(self, api: Nobl9) -> None:
            await api.manage.component("One")
            await external(api, statusChange={"status": "majorOutage"}, comment="Down.")
            (disruption,) = await api.disruptions()
            assert (disruption["source"], disruption["createdBy"]) == ("external", "datadog")
            await external(api, statusChange={"status": "operational"})
            assert await api.disruptions(state="impacting") == []

        async def test_a_persons_incident_it_leaves_alone(self, api: Nobl9) -> None:
            one = await api.manage.component("One")
            await api.manage.incident("By hand", components={one: "major_outage"})
            for status, shown in (
                ("operational", "operational"),
                ("degradedPerformance", "degraded_performance"),
            ):
                await external(api, statusChange={"status": status})
                assert await api.manage.status_of(one) == shown
            (incident,) = await api.manage.get("incidents")
            assert (incident["status"], len(incident["incident_updates"])) == ("investigating", 1)

        async def test_and_what_is_under_maintenance(self, api: Nobl9) -> None:
            one = await api.manage.component("One", status="under_maintenance")
            answer = await external(api, statusChange={"status": "majorOutage"})
            assert answer["statusChanges"][0]["newStatus"] == "operational"
            assert await api.manage.status_of(one) == "under_maintenance"
            assert await api.disruptions() == []

        async def test_and_what_a_person_has_taken_over(self, api: Nobl9) -> None:
            one = await api.manage.component("One")
            await external(api, statusChange={"status": "majorOutage"})
            await api.change_status(one, "degradedPerformance", "I am on it.")
            await external(api, statusChange={"status": "operational"})
            assert len(await api.disruptions(state="impacting")) == 1


class TestCounting:
    async def test_by_source_and_window(self, api: Nobl9) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        for component, wait in ((one, 8 * 86_400), (one, 3 * 86_400), (two, 7_200), (one, 0)):
            await api.report(component)
            api.manage.server.clock.move(wait)
        await external(api)
        summary = await api.get("issues/summary")
        assert summary["totalCounts"] == {
            "total": 5,
            "userCount": 4,
            "externalCount": 1,
            "internalCount": 0,
            "lastHour": 2,
            "last24h": 3,
            "last7d": 4,
        }
        assert [
            (
                part["componentName"],
                part["counts"]["total"],
                part["counts"]["externalCount"],
                part["counts"]["lastHour"],
                part["activeCounts"]["activeTotal"],
            )
            for part in summary["components"]
        ] == [("One", 4, 1, 2, 2), ("Two", 1, 0, 0, 1)]

    async def test_with_its_disruption_an_issue_is_no_longer_active(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.report(one)
        await api.change_status(one, "majorOutage")
        await api.change_status(one, "operational")
        api.manage.server.clock.move(1)
        await api.report(one)
        (part,) = (await api.get("issues/summary"))["components"]
        assert (part["counts"]["total"], part["activeCounts"]["activeTotal"]) == (2, 1)

    async def test_nothing_reported_is_nothing_counted(self, api: Nobl9) -> None:
        summary = await api.get("issues/summary")
        assert set(summary["totalCounts"].values()) == {0}
        assert summary["components"] == []

    async def test_the_list_is_newest_first_by_component_and_source_and_in_parts(
        self, api: Nobl9
    ) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        for component in (one, two, one):
            await api.report(component)
            api.manage.server.clock.move(1)
        await external(api)

        async def ids(**query: Any) -> list[str]:
            return [issue["id"] for issue in (await api.get("issues", **query))["issues"]]

        listed = await ids()
        assert listed == sorted(listed, key=int, reverse=True)
        assert await ids(componentId=two) == [listed[2]]
        assert await ids(source="external") == [listed[0]]
        part = await api.get("issues", limit=2, offset=1)
        assert [issue["id"] for issue in part["issues"]] == listed[1:3]
        assert (part["total"], part["limit"], part["offset"]) == (4, 2, 1)

    async def test_visitors_pages_count_users_alone(self, api: Nobl9) -> None:
        """What monitors and heartbeats say is no word of a visitor."""
        one = await api.manage.component("One")
        await api.report(one)
        await external(api)
        now = api.manage.server.clock() + 1
        (row,) = await api.manage.server.runtime.database.read(
            lambda c: count_reports(c, api.manage.page_id, now)
        )
        assert row.hour == 1


async def test_programs_that_take_html_as_well_are_answered_with_json(api: Nobl9) -> None:
    headers = {"Accept": "text/html,application/json"}
    for path in ("status", "nowhere"):
        url = f"/api/dashboards/v1/status-page/{path}"
        answer = await api.manage.server.client.get(url, headers=headers)
        assert answer.json()["error"]
