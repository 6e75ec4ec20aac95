"""The tree of groups and components, and what each shows of its disruptions."""

from typing import Any

from tests.manage import Manage
from tests.nobl9_api.client import Nobl9
from tests.running import RunningServer


async def nodes(api: Nobl9) -> dict[str, Any]:
    """Every component and group by its name."""
    top = (await api.get("status"))["components"]
    return {
        node["name"]: node for node in [*top, *(one for node in top for one in node["children"])]
    }


async def grouped(api: Nobl9, *names: str) -> list[str]:
    ids = [await api.manage.component(name) for name in names]
    group = {"component_group": {"name": "Group", "components": ids}}
    await api.manage.post("component-groups", group)
    return ids


async def test_groups_hold_their_components_and_others_stand_beside_them(api: Nobl9) -> None:
    await grouped(api, "One", "Two")
    await api.manage.component("Alone", description="By itself")
    top = (await api.get("status"))["components"]
    assert {node["name"]: [child["name"] for child in node["children"]] for node in top} == {
        "Group": ["One", "Two"],
        "Alone": [],
    }
    assert (await nodes(api))["Alone"]["description"] == "By itself"
    assert await api.get("components") == await api.get("status")


async def test_a_group_is_as_its_most_severe_component(api: Nobl9) -> None:
    one, two = await grouped(api, "One", "Two")
    await api.change_status(one, "degradedPerformance")
    assert (await nodes(api))["Group"]["status"] == "degradedPerformance"
    await api.change_status(two, "majorOutage", "Down.")
    tree = await nodes(api)
    assert tree["Group"]["status"] == "majorOutage"
    assert tree["Group"]["impactingDisruption"] == tree["Two"]["impactingDisruption"]
    assert tree["One"]["impactingDisruption"]["severity"] == "degradedPerformance"
    for id_ in (one, two):
        await api.change_status(id_, "operational")
    tree = await nodes(api)
    assert tree["Group"]["status"] == "operational"
    assert "impactingDisruption" not in tree["Group"]


async def test_the_impacting_disruption_tells_since_when_and_how_many_reported_it(
    api: Nobl9,
) -> None:
    (one,) = await grouped(api, "One")
    await api.change_status(one, "majorOutage", "Down.")
    await api.report(one)
    api.manage.server.clock.move(61)
    found = (await api.get(f"components/{one}"))["impactingDisruption"]
    assert found["id"] == (await api.disruptions())[0]["id"]
    assert {key: value for key, value in found.items() if key != "id"} == {
        "startedAt": "2026-03-04T05:06:07.089Z",
        "severity": "majorOutage",
        "issueCount": 1,
        "duration": 61,
        "title": "Problems with One",
        "originComponent": {"id": one, "name": "One"},
        "comment": "Down.",
    }


async def test_the_history_counts_what_began_on_each_of_ninety_days(api: Nobl9) -> None:
    one, two = await grouped(api, "One", "Two")
    for id_, status in ((one, "majorOutage"), (two, "degradedPerformance")):
        await api.change_status(id_, status)
        await api.change_status(id_, "operational")
    api.manage.server.clock.move(86_400)
    await api.change_status(one, "degradedPerformance")
    history = (await nodes(api))["Group"]["disruptionHistory"]
    assert history == {
        "days": [
            {
                "date": "2026-03-05",
                "disruptions": 1,
                "degradedPerformanceCount": 1,
                "majorOutageCount": 0,
            },
            {
                "date": "2026-03-04",
                "disruptions": 2,
                "degradedPerformanceCount": 1,
                "majorOutageCount": 1,
            },
        ],
        "summary": {"total": 3, "avgPerDay": 0.0333, "daysWithDisruptions": 2},
    }
    assert (await nodes(api))["Two"]["disruptionHistory"]["summary"]["total"] == 1


async def test_what_no_heartbeat_watches_gives_no_signal(server: RunningServer) -> None:
    config = "statuspage: {token: t, groups: {A: [{name: Web, id: web}]}}"
    await server.configure(f"{config}\nserver: {{rate_limit: 0}}")
    api = Nobl9(await Manage.of(server))
    await api.manage.component("Unwatched")
    tree = await nodes(api)
    assert {name: node["noSignal"] for name, node in tree.items()} == {
        "A": False,
        "Web": False,
        "Unwatched": True,
    }
