"""The public API v2: open to all, for every page, with ETag, and never old."""

from typing import Any

from tests.manage import Manage
from tests.manage_api.test_incidents import PLANNED


async def public(manage: Manage, name: str) -> Any:
    answer = await manage.server.client.get(f"/pages/{manage.page_id}/api/v2/{name}.json")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json()


class TestDocuments:
    async def test_the_summary(self, manage: Manage) -> None:
        one = await manage.component("One")
        body = {"component_group": {"name": "Group", "components": [one]}}
        group = (await manage.post("component-groups", body))["id"]
        await manage.incident("Open", components={one: "partial_outage"})
        await manage.incident("Planned", **PLANNED)
        await manage.incident("Over", status="resolved")
        summary = await public(manage, "summary")
        assert list(summary) == [
            "page",
            "components",
            "incidents",
            "scheduled_maintenances",
            "status",
        ]
        assert summary["page"] == {
            "id": manage.page_id,
            "name": "Test page",
            "url": f"http://localhost:8080/pages/{manage.page_id}",
            "time_zone": "Etc/UTC",
            "updated_at": "2026-03-04T05:06:07.089Z",
        }
        assert summary["status"] == {"indicator": "major", "description": "Partial System Outage"}
        rows = {row["id"]: row for row in summary["components"]}
        assert rows[group]["components"] == [one]
        assert rows[group]["status"] == "partial_outage"
        assert "components" not in rows[one]
        assert [incident["name"] for incident in summary["incidents"]] == ["Open"]
        (planned,) = summary["scheduled_maintenances"]
        assert planned["scheduled_for"] == "2026-03-05T00:00:00.000Z"
        assert planned["started_at"] == "2026-03-05T00:00:00.000Z"
        assert summary["incidents"][0]["started_at"] == "2026-03-04T05:06:07.089Z"
        assert summary["incidents"][0]["incident_updates"][0]["status"] == "investigating"

    async def test_the_others(self, manage: Manage) -> None:
        await manage.incident("Open")
        await manage.incident("Over", status="resolved")
        await manage.incident("Planned", **PLANNED)
        await manage.incident("Running", status="in_progress", **PLANNED)

        async def names(document: str) -> list[str]:
            found = await public(manage, document)
            (key,) = (key for key in found if key != "page")
            return sorted(entry["name"] for entry in found[key])

        assert await names("incidents") == ["Open", "Over"]
        assert await names("incidents/unresolved") == ["Open"]
        assert await names("scheduled-maintenances") == ["Planned", "Running"]
        assert await names("scheduled-maintenances/upcoming") == ["Planned"]
        assert await names("scheduled-maintenances/active") == ["Running"]
        assert await names("components") == []
        assert list(await public(manage, "status")) == ["page", "status"]

    async def test_the_default_page_has_the_vendors_addresses(self, manage: Manage) -> None:
        answer = await manage.server.client.get("/api/v2/summary.json")
        assert answer.json() == await public(manage, "summary")

    async def test_at_most_fifty_incidents(self, manage: Manage) -> None:
        for number in range(51):
            await manage.incident(str(number), status="resolved")
            manage.server.clock.move(1)
        found = (await public(manage, "incidents"))["incidents"]
        assert (len(found), found[0]["name"]) == (50, "50")

    async def test_what_is_not_there(self, manage: Manage) -> None:
        for path in (
            "/api/v2/nothing.json",
            "/api/v2/summary",
            "/pages/nowhere/api/v2/summary.json",
        ):
            assert (await manage.server.client.get(path)).status_code == 404


class TestFreshness:
    async def test_every_change_is_seen_at_once(self, manage: Manage) -> None:
        one = await manage.component("One")
        for status in ("major_outage", "operational", "degraded_performance"):
            await manage.patch(f"components/{one}", {"component": {"status": status}})
            (row,) = (await public(manage, "summary"))["components"]
            assert row["status"] == status

    async def test_a_change_by_another_process_is_seen_within_a_second(
        self, manage: Manage
    ) -> None:
        await public(manage, "summary")
        other = manage.server.open_database()
        server, runtime = manage.server, manage.server.runtime
        runtime.database, own = other, runtime.database
        await manage.component("Theirs")
        runtime.database = own
        server.app.state.documents._monotonic = lambda: 10**9  # noqa: SLF001 - a second later
        assert len((await public(manage, "summary"))["components"]) == 1

    async def test_an_etag_saves_the_body(self, manage: Manage) -> None:
        client = manage.server.client
        first = await client.get("/api/v2/summary.json")
        etag = first.headers["ETag"]
        again = await client.get("/api/v2/summary.json", headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        await manage.component("One")
        changed = await client.get("/api/v2/summary.json", headers={"If-None-Match": etag})
        assert changed.status_code == 200
        assert changed.headers["ETag"] != etag

    async def test_it_comes_packed_to_those_who_can_unpack(self, manage: Manage) -> None:
        client = manage.server.client
        packed = await client.get("/api/v2/summary.json", headers={"Accept-Encoding": "gzip"})
        plain = await client.get("/api/v2/summary.json", headers={"Accept-Encoding": "identity"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert packed.json() == plain.json()
