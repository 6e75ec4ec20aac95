"""The visitors' pages: what each shows, at which address, in which language."""

import re
from typing import Any

import pytest

from tests.manage import Manage
from tests.manage_api.test_incidents import PLANNED
from tests.markup import Outline
from tests.running import RunningServer

TEXTS = {"Accept": "text/html"}


async def outline(server: RunningServer, path: str = "/") -> Outline:
    found = Outline(await server.html(path))
    assert found.open == []
    return found


async def make(manage: Manage, **fields: Any) -> Any:
    """Over by now, an hour after it began."""
    made = await manage.incident(**fields)
    manage.server.clock.move(3600)
    return await manage.patch(f"incidents/{made['id']}", {"incident": {"status": "resolved"}})


class TestThePage:
    async def test_what_is_wrong_comes_first_with_every_update(self, manage: Manage) -> None:
        one = await manage.component("API")
        made = await manage.incident(
            "Trouble", body="We **look** into it.", components={one: "major_outage"}
        )
        body = {"incident": {"status": "identified", "body": "Found it."}}
        await manage.patch(f"incidents/{made['id']}", body)
        words = await manage.server.words()
        order = ["Major System Outage", "Trouble", "Found it.", "We look into it.", "Systems"]
        places = [words.index(text) for text in order]
        assert places == sorted(places)
        assert "API: Major outage" in words

    async def test_nobody_is_told_that_all_is_well_while_an_incident_is_open(
        self, manage: Manage
    ) -> None:
        await manage.component("API")
        await manage.incident("Trouble")
        words = await manage.server.words()
        assert "All Systems Operational" not in words
        assert "We are looking into an incident" in words

    async def test_planned_and_running_maintenance(self, manage: Manage) -> None:
        await manage.incident("Upgrade", **PLANNED)
        await manage.incident("Moving", status="in_progress", **PLANNED)
        words = await manage.server.words()
        assert words.index("Maintenance under way") < words.index("Moving")
        assert words.index("Planned maintenance") < words.index("Upgrade")

    async def test_what_scrapers_of_the_vendors_pages_look_for(self, manage: Manage) -> None:
        one = await manage.component("API", status="partial_outage")
        await manage.incident("Trouble", impact_override="critical")
        found = await outline(manage.server)
        assert found.of_class("index")[0]["class"] == "status index status-major"
        assert found.of_class("page-status")
        assert found.of_class("status")
        assert "impact-critical" in (found.of_class("unresolved-incident")[0]["class"] or "")
        assert found.of_class("actual-title")
        (row,) = found.of_class("component-inner-container")
        assert row["data-component-id"] == one
        assert row["data-component-status"] == "partial_outage"
        assert "status-orange" in (row["class"] or "")
        assert len(found.of_class("status-day")) == 15
        assert [attrs for _, attrs in found.tags if attrs.get("name") == "issued"]

    async def test_what_is_well_folds_and_what_is_not_is_open(self, manage: Manage) -> None:
        groups = {}
        for name in ("Well", "Bad"):
            ids = [await manage.component(f"{name} {n}") for n in range(8)]
            body = {"component_group": {"name": name, "components": ids}}
            groups[name] = (await manage.post("component-groups", body))["id"], ids[0]
        await manage.patch(
            f"components/{groups['Bad'][1]}", {"component": {"status": "degraded_performance"}}
        )
        found = {
            attrs["data-component-id"]: "open" in attrs
            for attrs in (await outline(manage.server)).of_class("group")
        }
        assert found == {groups["Well"][0]: False, groups["Bad"][0]: True}

    async def test_hundreds_that_are_well_are_one_line(self, manage: Manage) -> None:
        for number in range(14):
            one = await manage.component(f"Thing {number}")
            body = {"component_group": {"name": f"Group {number}", "components": [one]}}
            await manage.post("component-groups", body)
        folds = (await outline(manage.server)).of_class("group")
        assert "rest" in (folds[0]["class"] or "")
        assert not [fold for fold in folds if "open" in fold]
        assert "All systems 14 groups, 14 systems" in await manage.server.words()

    async def test_a_component_that_is_shown_only_when_it_is_not_well(self, manage: Manage) -> None:
        one = await manage.component("Shy", only_show_if_degraded=True)
        assert "Shy" not in await manage.server.words()
        await manage.patch(f"components/{one}", {"component": {"status": "partial_outage"}})
        assert "Shy" in await manage.server.words()

    async def test_days_of_uptime_say_what_happened(self, manage: Manage) -> None:
        one = await manage.component("API", showcase=True)
        await make(manage, name="Trouble", components={one: "major_outage"})
        page = await manage.server.html()
        assert f'class="uptime-day component-{one} day-89 d-major_outage"' in page
        assert "Mar 4, 2026: Major outage 1 hr" in page
        assert f'id="uptime-percent-{one}"' in page
        words = Outline(page).words
        assert "1 day with an event" in words
        assert "Major outage 1 hr · Trouble" in words

    async def test_a_graph_for_each_metric_with_points(self, manage: Manage) -> None:
        body = {"metrics_provider": {"type": "Self"}}
        provider = (await manage.post("metrics_providers", body))["id"]
        metric = {"metric": {"name": "Response time", "suffix": "ms"}}
        made = await manage.post(f"metrics_providers/{provider}/metrics", metric)
        assert "Response time" not in await manage.server.words()
        now = manage.server.clock() // 1000
        await manage.post(
            f"metrics/{made['id']}/data", {"data": {"timestamp": now - 60, "value": 12}}
        )
        manage.server.clock.move(60)
        await manage.component("API")
        assert "Response time 12 ms" in await manage.server.words()

    async def test_the_past_has_a_day_for_each_day(self, manage: Manage) -> None:
        await make(manage, name="Yesterday's")
        manage.server.clock.move(24 * 3600)
        await manage.server.runtime.sweep_round()
        words = await manage.server.words()
        assert "Mar 5, 2026 No incidents reported today. Mar 4, 2026 Yesterday's" in words
        assert words.count("No incidents reported.") == 13

    async def test_the_favicon_follows_the_state(self, manage: Manage) -> None:
        one = await manage.component("API")
        for status, icon in (("major_outage", "major_outage"), ("operational", "operational")):
            await manage.patch(f"components/{one}", {"component": {"status": status}})
            assert f'href="/assets/favicon-{icon}.svg"' in await manage.server.html()
        answer = await manage.server.client.get("/assets/favicon-operational.svg")
        assert answer.headers["content-type"] == "image/svg+xml"


class TestOtherPages:
    async def test_an_incident_is_at_the_address_that_webhooks_and_catalogs_have(
        self, manage: Manage
    ) -> None:
        one = await manage.component("API")
        made = await make(manage, name="Trouble", body="Hm.", components={one: "partial_outage"})
        path = made["shortlink"].removeprefix("http://localhost:8080")
        words = await manage.server.words(path)
        assert (
            "Incident Trouble Resolved Mar 4, 05:06 UTC \N{EN DASH} Mar 4, 06:06 UTC · 1 hr"
            in words
        )
        assert "Affected: API" in words
        assert path.endswith(made["id"])
        assert await manage.server.words(f"/incidents/{made['id']}")

    async def test_its_postmortem_is_shown_once_it_is_published(self, manage: Manage) -> None:
        made = await make(manage, name="Trouble")
        path = f"incidents/{made['id']}/postmortem"
        await manage.put(path, {"postmortem": {"body_draft": "# Why\n\nA certificate."}})
        assert "A certificate." not in await manage.server.words(f"/incidents/{made['id']}")
        await manage.put(f"{path}/publish", {"postmortem": {}})
        page = await manage.server.html(f"/incidents/{made['id']}")
        assert "<h3>Why</h3>" in page
        assert 'id="postmortem"' in page

    async def test_history_by_month_where_an_incident_stands_under_its_end(
        self, manage: Manage
    ) -> None:
        made = await manage.incident("Long one")
        manage.server.clock.move(40 * 24 * 3600)
        await manage.patch(f"incidents/{made['id']}", {"incident": {"status": "resolved"}})
        words = await manage.server.words("/history")
        assert "April 2026 Long one" in words
        assert "March 2026 No incidents reported." in words
        assert "Long one" not in await manage.server.words("/history?page=2")

    async def test_uptime_of_a_component_that_is_picked(self, manage: Manage) -> None:
        await manage.component("First", showcase=True)
        two = await manage.component("Second", showcase=True)
        await make(manage, name="Trouble", components={two: "major_outage"})
        assert "No downtime recorded in these months." in await manage.server.words("/uptime")
        words = await manage.server.words(f"/uptime?component={two}")
        assert "March 2026 83.6" in words
        assert "Mar 4, 2026 Major outage 1 hr · Trouble" in words

    async def test_all_pages_but_private_ones(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {title: First, token: t}\n"
            "pages: {a: {title: Second, token: t, path: two},"
            " b: {title: Third, token: t, password: x}}"
        )
        found = await outline(server, "/pages")
        hrefs = [attrs["href"] for tag, attrs in found.tags if tag == "a"]
        assert "/two" in hrefs
        assert "Second" in found.words
        assert "Third" not in found.words

    @pytest.mark.parametrize(
        "path", ["/incidents/nothing", "/uptime?component=nothing", "/pages/nothing", "/nothing"]
    )
    async def test_people_are_told_in_html_what_programs_are_told_in_json(
        self, path: str, server: RunningServer
    ) -> None:
        page = await server.client.get(path, headers=TEXTS)
        assert page.status_code == 404
        assert "This page is not here" in Outline(page.text).words
        document = await server.client.get(path)
        assert (document.status_code, document.json()) == (404, {"error": "Not found"})

    @pytest.mark.parametrize(
        "path", ["/", "/history", "/uptime", "/pages", "/history.atom", "/badge.svg", "/health"]
    )
    async def test_head_answers_as_get_without_a_body(
        self, path: str, server: RunningServer
    ) -> None:
        head, got = await server.client.head(path), await server.client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "content-length", "etag"):
            assert head.headers.get(name) == got.headers.get(name)


class TestLanguages:
    async def test_the_browsers_wish_then_a_choice_that_is_remembered(
        self, server: RunningServer
    ) -> None:
        assert "Systems" in await server.words()
        german = await server.html(**{"Accept-Language": "de-CH, en;q=0.5"})
        assert '<html lang="de">' in german
        answer = await server.client.get("/?locale=fr")
        assert "Systèmes" in Outline(answer.text).words
        assert server.client.cookies["locale"] == "fr"
        assert '<html lang="fr">' in await server.html(**{"Accept-Language": "de"})
        server.client.cookies.clear()

    async def test_a_pages_own_language_and_texts(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {token: t, language: de, groups: {A: [{name: a, id: a}]}, appearance: "
            "{about: {de: Wir liefern., en: We deliver.}, texts: {de: {Systems: Unsere Dienste}}}}"
        )
        german = await server.words()
        assert "Unsere Dienste" in german
        assert "Wir liefern." in german
        assert "We deliver." in await server.words("/?locale=en")
        server.client.cookies.clear()

    async def test_an_unknown_choice_changes_nothing(self, server: RunningServer) -> None:
        assert '<html lang="en">' in await server.html("/?locale=xx")
        assert "locale" not in server.client.cookies


class TestFreshness:
    async def test_it_is_made_once_and_has_a_name_that_saves_the_body(
        self, server: RunningServer
    ) -> None:
        first = await server.client.get("/")
        again = await server.client.get("/", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["Vary"] == "Accept-Encoding, Accept-Language, Cookie"

    async def test_time_goes_on_without_a_change(self, server: RunningServer) -> None:
        assert "As of Mar 4, 05:06 UTC" in await server.words()
        server.clock.move(60)
        await server.runtime.sweep_round()
        assert "As of Mar 4, 05:07 UTC" in await server.words()

    async def test_a_change_is_seen_at_once(self, manage: Manage) -> None:
        one = await manage.component("API")
        for status, word in (("major_outage", "Major outage"), ("operational", "Operational")):
            await manage.patch(f"components/{one}", {"component": {"status": status}})
            assert f"API {word}" in await manage.server.words()

    async def test_an_edit_of_the_settings_is_seen_at_once(self, server: RunningServer) -> None:
        await server.words()
        await server.configure("statuspage: {title: Renamed, token: t}")
        assert "Renamed" in await server.words()

    async def test_the_stylesheet_is_kept_for_ever_under_an_address_of_its_own(
        self, server: RunningServer
    ) -> None:
        match = re.search(r'href="(/style\.css\?v=\w+)"', await server.html())
        assert match
        answer = await server.client.get(match[1])
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        old = await server.client.get("/style.css?v=old")
        assert old.headers["cache-control"] == "no-cache"
