"""Uptime from the record of changes, and metrics with their points."""

from typing import Any

import pytest
from sqlalchemy import update

from statuspage_server.storage.pages import change_page
from statuspage_server.storage.schema import components
from tests.manage import Manage
from tests.running import START

DAY = 86400


class TestUptime:
    async def test_outages_are_counted_in_seconds(self, manage: Manage) -> None:
        one = await manage.component("One", start_date="2026-03-01")
        manage.server.clock.move(10 * DAY)
        path = f"components/{one}"
        for status, hours in (("partial_outage", 1), ("major_outage", 2), ("operational", 30)):
            await manage.patch(path, {"component": {"status": status}})
            manage.server.clock.move(hours * 3600)
        found = await manage.get(f"{path}/uptime", start="2026-03-14", end="2026-03-14")
        assert (found["partial_outage"], found["major_outage"]) == (3600, 7200)
        assert found["range_start"] == "2026-03-14T00:00:00Z"
        assert found["range_end"] == "2026-03-15T00:00:00Z"
        assert found["uptime_percentage"] == round(100 * (1 - (7200 + 0.3 * 3600) / DAY), 4)
        assert found["related_events"] == {"incidents": []}
        after = await manage.get(f"{path}/uptime", start="2026-03-15")
        assert after["uptime_percentage"] == 100

    async def test_related_incidents_can_be_left_out(self, manage: Manage) -> None:
        one = await manage.component("One")
        made = await manage.incident(components={one: "major_outage"})
        found = await manage.get(f"components/{one}/uptime")
        assert found["related_events"] == {"incidents": [{"id": made["id"]}]}
        found = await manage.get(f"components/{one}/uptime", skip_related_events="true")
        assert "related_events" not in found

    async def test_bounds_are_told_as_warnings(self, manage: Manage) -> None:
        one = await manage.component("One", start_date="2025-01-01")
        found = await manage.get(f"components/{one}/uptime", start="2025", end="2030")
        assert found["range_start"] == "2025-09-04T00:00:00Z"
        assert len(found["warnings"]) == 2

    async def test_only_where_it_is_shown(self, manage: Manage) -> None:
        one = await manage.component("One", showcase=False)
        await manage.get(f"components/{one}/uptime", 404)
        body = {"component_group": {"name": "Group", "components": [one]}}
        group = (await manage.post("component-groups", body))["id"]
        await manage.get(f"component-groups/{group}/uptime", 404)
        await manage.patch(f"components/{one}", {"component": {"showcase": True}})
        found = await manage.get(f"component-groups/{group}/uptime")
        assert found["uptime_percentage"] == 100
        assert found["related_events"] == [{"component_id": one, "incidents": []}]

    async def test_what_an_older_version_kept_as_a_start_date_does_no_harm(
        self, manage: Manage
    ) -> None:
        one = await manage.component("One")
        kept = update(components).where(components.c.id == one).values(start_date="soon")
        await manage.server.runtime.database.write(lambda c: c.execute(kept))
        found = await manage.get(f"components/{one}/uptime")
        assert found["uptime_percentage"] == 100
        assert await manage.server.html(f"/uptime?component={one}")

    async def test_days_are_those_of_the_pages_zone(self, manage: Manage) -> None:
        one = await manage.component("One", start_date="2026-03-01")
        vendors_name = "Pacific Time (US & Canada)"
        page = await manage.patch(f"/pages/{manage.page_id}", {"page": {"time_zone": vendors_name}})
        assert page["time_zone"] == vendors_name
        found = await manage.get(f"components/{one}/uptime", start="2026-03-02", end="2026-03-02")
        assert found["range_start"] == "2026-03-02T08:00:00Z"
        public = (await manage.server.client.get("/api/v2/status.json")).json()
        assert public["page"]["time_zone"] == "America/Los_Angeles"

    @pytest.mark.parametrize("zone", ["Mars", "", "../x", "America", "x" * 900])
    async def test_a_zone_that_is_none_is_refused(self, manage: Manage, zone: str) -> None:
        answer = await manage.patch(f"/pages/{manage.page_id}", {"page": {"time_zone": zone}}, 422)
        assert answer["error"][0].startswith("page.time_zone: ")

    async def test_one_that_was_kept_before_does_no_harm(self, manage: Manage) -> None:
        one = await manage.component("One")
        await manage.server.runtime.database.write(
            lambda c: change_page(c, manage.page_id, {"time_zone": "Mars"}, START)
        )
        assert (await manage.get(f"components/{one}/uptime"))["uptime_percentage"] == 100

    async def test_dates_that_are_none(self, manage: Manage) -> None:
        one = await manage.component("One")
        for query in ({"start": "soon"}, {"end": "1969"}, {"start": "2026-02-30"}):
            await manage.get(f"components/{one}/uptime", 422, **query)
        await manage.get(f"components/{one}/uptime", 422, start="2026-03-03", end="2026-03-01")


class TestMetrics:
    async def metric(self, manage: Manage) -> Any:
        provider = await manage.post("metrics_providers", {"metrics_provider": {"type": "Self"}})
        path = f"metrics_providers/{provider['id']}/metrics"
        made = await manage.post(path, {"metric": {"name": "Latency", "suffix": "ms"}})
        assert await manage.get(path) == [made]
        return made

    async def test_points(self, manage: Manage) -> None:
        made = await self.metric(manage)
        path = f"metrics/{made['id']}"
        point = {"data": {"timestamp": 1_772_600_000, "value": 12.5}}
        assert await manage.post(f"{path}/data", point) == point
        assert (await manage.get(path))["most_recent_data_at"] == "2026-03-04T04:53:20Z"
        many = {made["id"]: [{"timestamp": 1, "value": 1.0}, {"timestamp": 1, "value": 2.0}]}
        assert await manage.post("metrics/data", {"data": many}, 202) == many
        assert (await manage.get(path))["most_recent_data_at"] == "2026-03-04T04:53:20Z"
        assert (await manage.delete(f"{path}/data"))["most_recent_data_at"] is None

    async def test_points_for_an_unknown_metric_store_nothing(self, manage: Manage) -> None:
        made = await self.metric(manage)
        many = {
            made["id"]: [{"timestamp": 1, "value": 1}],
            "nowhere": [{"timestamp": 1, "value": 1}],
        }
        await manage.post("metrics/data", {"data": many}, 404)
        assert (await manage.get(f"metrics/{made['id']}"))["most_recent_data_at"] is None

    async def test_changing_and_deleting(self, manage: Manage) -> None:
        made = await self.metric(manage)
        path = f"metrics/{made['id']}"
        changed = await manage.patch(path, {"metric": {"name": "Delay", "decimal_places": 2}})
        assert (changed["name"], changed["decimal_places"], changed["suffix"]) == ("Delay", 2, "ms")
        assert await manage.get("metrics") == [changed]
        assert await manage.delete(path) == changed
        await manage.get(path, 404)

    async def test_providers(self, manage: Manage) -> None:
        made = await manage.post("metrics_providers", {"metrics_provider": {"type": "Datadog"}})
        path = f"metrics_providers/{made['id']}"
        body = {"metrics_provider": {"metric_base_uri": "https://example.com"}}
        changed = await manage.patch(path, body)
        assert changed["metric_base_uri"] == "https://example.com"
        assert await manage.get("metrics_providers") == [await manage.get(path)]
        # The vendor's description, and so every client made from it, has a number of 32 bits here.
        assert 0 <= made["page_id"] == changed["page_id"] < 2**31
        await manage.delete(path)
        await manage.get(path, 404)
        await manage.post("metrics_providers", {"metrics_provider": {"type": "Mine"}}, 422)
