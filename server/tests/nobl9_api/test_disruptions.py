"""Disruptions of version 2, which are incidents of the page: registered, changed, listed."""

from typing import Any

import pytest

from statuspage_server.core.moments import milliseconds
from tests.nobl9_api.client import Nobl9


async def impacting(api: Nobl9, component_id: str) -> Any:
    return (await api.get(f"components/{component_id}")).get("impactingDisruption")


async def registered(api: Nobl9, component_id: str, severity: str = "majorOutage") -> str:
    await api.register(component_id, severity)
    return str((await impacting(api, component_id))["id"])


class TestRegistering:
    async def test_it_opens_an_incident_and_sets_the_component(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.register(one, "majorOutage", comment="The disk is full.")
        (incident,) = await api.manage.get("incidents/unresolved")
        assert incident["name"] == "Problems with One"
        assert incident["incident_updates"][0]["body"] == "The disk is full."
        assert [component["id"] for component in incident["components"]] == [one]
        assert await api.manage.status_of(one) == "major_outage"
        (disruption,) = await api.disruptions()
        assert disruption["id"] == incident["id"]

    async def test_visitors_subscribers_and_programs_hear_of_it(self, api: Nobl9) -> None:
        endpoint = {"endpoint": "https://example.com/hook", "email": "a@example.com"}
        await api.manage.post("subscribers", {"subscriber": endpoint})
        await api.register(await api.manage.component("One"), "degradedPerformance")
        words = await api.manage.server.words()
        assert "Problems with One" in words
        assert "Degraded performance" in words
        assert await api.manage.server.count("outbox") == 2  # the component's, and the incident's

    async def test_a_component_has_one_impacting_disruption(self, api: Nobl9) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        id_ = await registered(api, one)
        body = {"originComponentId": one, "severity": "degradedPerformance"}
        answer = await api.post("disruptions", body, 409)
        assert id_ in answer["error"]
        await api.register(two, "degradedPerformance")
        await api.post(f"disruptions/{id_}/clear", {}, 204)
        await api.register(one, "degradedPerformance")

    async def test_none_is_opened_beside_a_persons_incident(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.manage.incident("By hand", component_ids=[one])
        await api.register(one, "majorOutage", 409)

    async def test_a_maintenance_is_no_disruption(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.manage.incident(
            "Planned",
            component_ids=[one],
            scheduled_for="2026-03-04T06:00:00Z",
            scheduled_until="2026-03-04T07:00:00Z",
        )
        assert await api.disruptions() == []
        await api.register(one, "majorOutage")

    async def test_it_may_have_begun_before(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.register(one, "majorOutage", startTime="2026-03-04T05:00:00+00:00")
        (disruption,) = await api.disruptions()
        assert disruption["startTime"] == "2026-03-04T05:00:00.000Z"
        assert (await impacting(api, one))["duration"] == 6 * 60 + 7

    async def test_a_clock_that_is_a_little_ahead_means_now(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        await api.register(one, "majorOutage", 400, startTime="2026-03-04T06:00:00Z")
        await api.register(one, "majorOutage", startTime="2026-03-04T05:08:00Z")
        (disruption,) = await api.disruptions()
        assert disruption["startTime"] == milliseconds(api.manage.server.clock())

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"severity": "operational"}, "severity: must be one of"),
            ({"severity": None}, "severity"),
            ({"startTime": "yesterday"}, "startTime: this is not a timestamp"),
            ({"source": "rumour"}, "source: must be one of"),
            ({"comment": "x" * 2001}, "comment: must have 2000 characters at most"),
            ({"originComponentId": None}, "originComponentId: must be text"),
        ],
    )
    async def test_a_fault_is_answered_with_400(
        self, api: Nobl9, fields: dict[str, Any], words: str
    ) -> None:
        body = {"originComponentId": await api.manage.component("One"), "severity": "majorOutage"}
        answer = await api.post("disruptions", {**body, **fields}, 400)
        assert words in answer["error"][0]
        assert await api.disruptions() == []

    async def test_an_unknown_component_is_answered_with_404(self, api: Nobl9) -> None:
        body = {"originComponentId": "nowhere12345", "severity": "majorOutage"}
        assert "nowhere12345" in (await api.post("disruptions", body, 404))["error"]


class TestChanging:
    async def test_its_severity_changes_the_component_and_is_told(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        id_ = await registered(api, one, "degradedPerformance")
        body = {"severity": "majorOutage", "comment": "It is worse."}
        await api.post(f"disruptions/{id_}/change-severity", body, 204)
        assert await api.manage.status_of(one) == "major_outage"
        (disruption,) = await api.disruptions()
        assert disruption["severity"] == "majorOutage"
        assert [
            (step["previousStatus"], step["newStatus"], step["comment"], step["changedBy"])
            for step in disruption["history"]
        ] == [
            ("operational", "degradedPerformance", "We are looking into it.", "tests"),
            ("degradedPerformance", "majorOutage", "It is worse.", "tests"),
        ]

    async def test_clearing_resolves_it_and_brings_all_its_components_back(
        self, api: Nobl9
    ) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        down = dict.fromkeys([one, two], "major_outage")
        incident = await api.manage.incident("By hand", components=down)
        api.manage.server.clock.move(60)
        body = {"endTime": "2026-03-04T05:06:37.089Z", "comment": "Mended."}
        await api.post(f"disruptions/{incident['id']}/clear", body, 204)
        resolved = await api.manage.get(f"incidents/{incident['id']}")
        assert (resolved["status"], resolved["resolved_at"]) == ("resolved", "2026-03-04T05:06:37Z")
        assert resolved["incident_updates"][0]["body"] == "Mended."
        assert [await api.manage.status_of(id_) for id_ in (one, two)] == ["operational"] * 2
        (cleared,) = await api.disruptions()
        assert cleared["isCleared"]
        assert cleared["endTime"] == "2026-03-04T05:06:37.089Z"

    async def test_one_that_is_worked_on_stays_so(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        id_ = await registered(api, one)
        body = {"component": {"status": "under_maintenance"}}
        await api.manage.patch(f"components/{one}", body)
        await api.post(f"disruptions/{id_}/clear", {}, 204)
        assert await api.manage.status_of(one) == "under_maintenance"

    async def test_it_cannot_end_before_it_began_or_in_the_future(self, api: Nobl9) -> None:
        id_ = await registered(api, await api.manage.component("One"))
        for end in ("2026-03-04T05:00:00Z", "2026-03-04T06:00:00Z"):
            await api.post(f"disruptions/{id_}/clear", {"endTime": end}, 400)

    async def test_a_clock_that_is_a_little_behind_ends_it_when_it_began(self, api: Nobl9) -> None:
        id_ = await registered(api, await api.manage.component("One"))
        await api.post(f"disruptions/{id_}/clear", {"endTime": "2026-03-04T05:06:07Z"}, 204)
        (disruption,) = await api.disruptions()
        assert disruption["endTime"] == disruption["startTime"]

    async def test_what_is_cleared_is_not_cleared_or_changed_again(self, api: Nobl9) -> None:
        id_ = await registered(api, await api.manage.component("One"))
        await api.post(f"disruptions/{id_}/clear", {}, 204)
        assert "cleared already" in (await api.post(f"disruptions/{id_}/clear", {}, 409))["error"]
        await api.post(f"disruptions/{id_}/change-severity", {"severity": "majorOutage"}, 409)

    async def test_one_that_is_not_there_is_answered_with_404(self, api: Nobl9) -> None:
        without_components = await api.manage.incident("A word")
        for id_ in ("nothing", without_components["id"]):
            assert id_ in (await api.post(f"disruptions/{id_}/clear", {}, 404))["error"]


class TestLists:
    async def test_newest_first_by_state_and_in_parts(self, api: Nobl9) -> None:
        ids: list[str] = []
        for number in range(3):
            api.manage.server.clock.move(60)
            ids.insert(0, await registered(api, await api.manage.component(f"{number}")))
        await api.post(f"disruptions/{ids[1]}/clear", {}, 204)
        assert [one["id"] for one in await api.disruptions()] == ids
        assert [one["id"] for one in await api.disruptions(state="cleared")] == [ids[1]]
        part = await api.get("disruptions", state="impacting", limit=1, offset=1)
        assert (part["total"], part["limit"], part["offset"]) == (2, 1, 1)
        assert [one["id"] for one in part["disruptions"]] == [ids[2]]

    async def test_fifty_at_a_time_unless_said_and_two_hundred_at_most(self, api: Nobl9) -> None:
        assert (await api.get("disruptions"))["limit"] == 50
        assert (await api.get("disruptions", limit=200))["limit"] == 200
        for query in ({"limit": 201}, {"limit": 0}, {"offset": -1}, {"state": "all"}):
            assert (await api.get("disruptions", 400, **query))["error"]

    async def test_of_one_component_or_of_a_group(self, api: Nobl9) -> None:
        one, two, three = [await api.manage.component(name) for name in ("One", "Two", "Three")]
        members = {"component_group": {"name": "G", "components": [one, two]}}
        group = (await api.manage.post("component-groups", members))["id"]
        ids = {id_: await registered(api, id_) for id_ in (one, two, three)}

        async def of(component_id: str, **body: Any) -> list[str]:
            found = await api.post(f"components/{component_id}/disruptions", body)
            return sorted(disruption["id"] for disruption in found["disruptions"])

        assert await of(one) == [ids[one]]
        assert await of(group, state="impacting") == sorted([ids[one], ids[two]])
        assert await of(three, state="cleared", limit=20, offset=0) == []
        await api.post(f"components/{three}/disruptions", {"limit": 201}, 400)

    async def test_none_is_registered_where_they_are_listed(self, api: Nobl9) -> None:
        one = await api.manage.component("One")
        body = {"originComponentId": one, "severity": "majorOutage"}
        answer = await api.post(f"components/{one}/disruptions", body, 400)
        assert "POST /disruptions registers one" in answer["error"][0]

    async def test_the_timeline_has_a_day_for_each_on_which_one_began(self, api: Nobl9) -> None:
        first = await registered(api, await api.manage.component("One"))
        await api.post(f"disruptions/{first}/clear", {}, 204)
        api.manage.server.clock.move(86_400)
        second = await registered(api, await api.manage.component("Two"))

        async def days(**body: Any) -> list[tuple[str, int, list[str]]]:
            found = (await api.post("disruptions/timeline", body))["days"]
            return [
                (day["date"], day["count"], [one["id"] for one in day["disruptions"]])
                for day in found
            ]

        today, yesterday = ("2026-03-05", 1, [second]), ("2026-03-04", 1, [first])
        assert await days() == await days(impactingOnly=False) == [today, yesterday]
        assert await days(impactingOnly=True) == [today]

    async def test_what_impacts_stays_in_the_timeline_and_the_rest_for_ninety_days(
        self, api: Nobl9
    ) -> None:
        old = await registered(api, await api.manage.component("One"))
        await api.post(f"disruptions/{old}/clear", {}, 204)
        lasting = await registered(api, await api.manage.component("Two"))
        api.manage.server.clock.move(91 * 86_400)
        found = (await api.post("disruptions/timeline", {}))["days"]
        assert [one["id"] for day in found for one in day["disruptions"]] == [lasting]
        assert (await api.get("disruptions"))["total"] == 2

    async def test_the_incident_of_a_person_is_one_like_any_other(self, api: Nobl9) -> None:
        one, two = await api.manage.component("One"), await api.manage.component("Two")
        made = await api.manage.incident("By hand", components={two: "partial_outage", one: ""})
        (disruption,) = await api.disruptions()
        assert disruption == {
            "id": made["id"],
            "title": "By hand",
            "severity": "degradedPerformance",
            "source": "manual",
            "isCleared": False,
            "originComponent": {"id": two, "name": "Two"},
            "affectedComponents": [{"id": two, "name": "Two"}, {"id": one, "name": "One"}],
            "startTime": "2026-03-04T05:06:07.089Z",
            "endTime": None,
            "history": [
                {
                    "id": made["incident_updates"][0]["id"],
                    "previousStatus": "operational",
                    "newStatus": "degradedPerformance",
                    "changedAt": "2026-03-04T05:06:07.089Z",
                    "comment": "",
                    "changedBy": "tests",
                    "source": "manual",
                }
            ],
            "createdBy": "tests",
            "createdAt": "2026-03-04T05:06:07.089Z",
            "metadata": {},
        }
