"""The pages that operators work with: who gets in, and that each form does what the API does."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from statuspage_server.languages import language_of
from statuspage_server.storage.keys import list_keys, revoke_key
from tests.manage import Manage
from tests.markup import Outline

HOST = "http://status.test"


@dataclass
class Desk:
    """A browser that an operator works with."""

    manage: Manage
    client: httpx.AsyncClient

    @classmethod
    async def of(cls, manage: Manage, client: httpx.AsyncClient) -> "Desk":
        desk = cls(manage, client)
        answer = await desk.send("/admin/sign-in", key=manage.key)
        assert answer.status_code == 303, answer.text
        return desk

    def address(self, path: str) -> str:
        return path if path.startswith("/admin") else f"/admin/{self.manage.page_id}{path}"

    async def see(self, path: str = "", status: int = 200) -> str:
        answer = await self.client.get(self.address(path), headers={"Accept": "text/html"})
        assert answer.status_code == status, answer.text
        return answer.text

    async def words(self, path: str = "") -> str:
        return Outline(await self.see(path)).words

    async def send(self, path: str, **fields: Any) -> httpx.Response:
        return await self.client.post(
            self.address(path), data=fields, headers={"Accept": "text/html", "Origin": HOST}
        )

    async def fill(self, path: str, expect: int = 303, /, **fields: Any) -> httpx.Response:
        """With what is hidden in the form that stands there."""
        hidden = fields_of(await self.see(path))
        answer = await self.send(path, **hidden, **fields)
        assert answer.status_code == expect, answer.text
        return answer

    async def publish(self, path: str, **fields: Any) -> httpx.Response:
        """As a person does it: look first, then press the button under what is shown."""
        look = await self.fill(path, 200, do="preview", tell="on", **fields)
        return await self.send(path, **fields_of(look.text), do="publish")


def fields_of(html: str) -> dict[str, Any]:
    """The hidden fields of a page's first form that has a token; several of a name are a list."""
    forms = re.findall(r"<form method=\"post\".*?</form>", html, re.DOTALL)
    form = next((one for one in forms if "form_token" in one), "")
    found: dict[str, Any] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form):
        if name.endswith("[]"):
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


@pytest.fixture
async def browser(manage: Manage) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(manage.server.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
        yield client


@pytest.fixture
async def desk(manage: Manage, browser: httpx.AsyncClient) -> Desk:
    return await Desk.of(manage, browser)


class TestWhoGetsIn:
    async def test_without_a_key_there_is_only_the_form(
        self, manage: Manage, browser: httpx.AsyncClient
    ) -> None:
        path = f"/admin/{manage.page_id}/subscribers"
        answer = await browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"/admin/sign-in?next={path}",
        )

    async def test_the_cookie_is_for_these_pages_and_for_no_script(
        self, manage: Manage, browser: httpx.AsyncClient
    ) -> None:
        answer = await Desk(manage, browser).send("/admin/sign-in", key=manage.key)
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "path=/admin" in cookie
        assert manage.key not in cookie

    async def test_the_cookie_goes_over_https_alone_where_the_server_is_reached_so(
        self, manage: Manage, browser: httpx.AsyncClient
    ) -> None:
        await manage.server.configure(
            "{statuspage: {title: Test page, token: abcdefgh},"
            " server: {public_url: 'https://status.test'}}"
        )
        answer = await Desk(manage, browser).send("/admin/sign-in", key=manage.key)
        assert "secure" in answer.headers["set-cookie"].lower()

    async def test_wrong_keys_are_counted_with_those_of_the_api(
        self, manage: Manage, browser: httpx.AsyncClient
    ) -> None:
        desk = Desk(manage, browser)
        for number in range(10):
            answer = await desk.send("/admin/sign-in", key=f"wrong {number}")
            assert answer.status_code == 403
        assert (await desk.send("/admin/sign-in", key="another")).status_code == 429
        answer = await browser.get("/v1/pages", headers={"Authorization": "OAuth one-more"})
        assert answer.status_code == 429

    @pytest.mark.parametrize("link", ["https://evil.test", "//evil.test/admin", "/adminx\\@evil"])
    async def test_signing_in_leads_to_no_other_site(
        self, manage: Manage, browser: httpx.AsyncClient, link: str
    ) -> None:
        answer = await Desk(manage, browser).send("/admin/sign-in", key=manage.key, next=link)
        assert answer.headers["location"] == "/admin"

    async def test_a_form_of_another_site_is_refused(self, desk: Desk) -> None:
        hidden = fields_of(await desk.see("/templates"))
        answer = await desk.client.post(
            desk.address("/templates"), data=hidden, headers={"Origin": "https://evil.test"}
        )
        assert answer.status_code == 403

    async def test_a_form_without_its_token_is_refused(self, desk: Desk) -> None:
        answer = await desk.send("/templates", name="A", title="B", body="C")
        assert answer.status_code == 403
        assert "There is none yet" in await desk.see("/templates")

    async def test_a_key_that_may_only_read_sees_everything_and_changes_nothing(
        self, manage: Manage, browser: httpx.AsyncClient
    ) -> None:
        desk = await Desk.of(await Manage.of(manage.server, read_only=True), browser)
        made = await manage.incident("Trouble")
        assert "Open an incident" not in await desk.see()
        assert "Trouble" in await desk.words()
        token = re.findall(r'form_token" value="(\w+)"', await desk.see("/components"))[0]
        path = f"/incidents/{made['id']}/delete"
        answer = await desk.send(path, form_token=token, sure="on")
        assert answer.status_code == 403
        assert (await manage.get(f"incidents/{made['id']}"))["name"] == "Trouble"

    async def test_signing_out_ends_the_session_also_for_whoever_has_the_cookie(
        self, desk: Desk
    ) -> None:
        kept = {"Cookie": "; ".join(f"{name}={it}" for name, it in desk.client.cookies.items())}
        await desk.send("/admin/sign-out")
        answer = await desk.client.get(desk.address(""), headers=kept)
        assert answer.status_code == 303

    async def test_a_session_ends_with_its_key(self, desk: Desk) -> None:
        runtime, now = desk.manage.server.runtime, desk.manage.server.clock()
        [key] = await runtime.database.read(list_keys)
        await runtime.database.write(lambda c: revoke_key(c, key.id, now))
        answer = await desk.client.get(desk.address(""))
        assert answer.status_code == 303

    async def test_a_session_ends_after_a_week(self, desk: Desk) -> None:
        desk.manage.server.clock.move(7 * 24 * 3600)
        answer = await desk.client.get(desk.address(""))
        assert answer.status_code == 303


class TestIncidents:
    async def test_one_is_opened_after_a_look_at_what_it_does(self, desk: Desk) -> None:
        manage = desk.manage
        one = await manage.component("API")
        await follow(manage)
        fields = {"name": "Slow", "body": "**Very** slow.", "status": "investigating"}
        chosen = {"ticked[]": [one], "new_status": "partial_outage"}
        look = await desk.fill("/incidents/new", 200, do="preview", tell="on", **fields, **chosen)
        words = Outline(look.text).words
        assert "Very slow." in words
        assert "API: Partial outage" in words
        assert "1 subscriber will be told: 1 by webhook." in words
        assert await manage.get("incidents") == []
        await desk.send("/incidents/new", **fields_of(look.text), do="publish")
        [made] = await manage.get("incidents")
        assert (made["name"], made["impact"]) == ("Slow", "minor")
        assert await manage.status_of(one) == "partial_outage"
        assert await manage.server.count("outbox") == 2

    async def test_a_second_tap_opens_no_second_one(self, desk: Desk) -> None:
        look = await desk.fill("/incidents/new", 200, do="preview", name="Slow")
        for _ in range(2):
            answer = await desk.send("/incidents/new", **fields_of(look.text), do="publish")
            assert answer.status_code == 303
        assert len(await desk.manage.get("incidents")) == 1

    async def test_nobody_is_told_where_the_box_is_not_ticked(self, desk: Desk) -> None:
        await follow(desk.manage)
        look = await desk.fill("/incidents/new", 200, do="preview", name="Slow", body="x")
        assert "Nobody will be told." in look.text
        await desk.send("/incidents/new", **fields_of(look.text), do="publish")
        assert await desk.manage.server.count("outbox") == 0

    async def test_resolving_takes_two_taps_and_sets_the_components_back(self, desk: Desk) -> None:
        one = await desk.manage.component("API")
        made = await desk.manage.incident("Slow", components={one: "major_outage"})
        path = f"/incidents/{made['id']}"
        html = await desk.see(f"{path}?status=resolved")
        assert "API: Operational" in html
        await desk.send(path, **fields_of(html), do="publish")
        found = await desk.manage.get(f"incidents/{made['id']}")
        assert found["status"] == "resolved"
        assert await desk.manage.status_of(one) == "operational"

    async def test_what_is_refused_is_said_beside_what_was_written(self, desk: Desk) -> None:
        look = await desk.fill("/incidents/new", 422, do="preview", name=" ", body="A long story")
        assert "Name can&#39;t be blank." in look.text
        assert "A long story" in look.text

    async def test_one_is_deleted_by_whoever_is_sure(self, desk: Desk) -> None:
        made = await desk.manage.incident("Oops")
        path = f"/incidents/{made['id']}"
        token = fields_of(await desk.see(path))["form_token"]
        assert (await desk.send(f"{path}/delete", form_token=token)).status_code == 422
        await desk.send(f"{path}/delete", form_token=token, sure="on")
        assert await desk.manage.get("incidents") == []

    async def test_a_template_fills_the_form(self, desk: Desk) -> None:
        await desk.fill("/templates", name="Cache", title="Slow cache", body="It is slow.")
        [made] = await desk.manage.get("incident_templates")
        html = await desk.see(f"/incidents/new?template={made['id']}")
        assert 'value="Slow cache"' in html
        assert "It is slow.</textarea>" in html

    async def test_a_template_is_changed_and_keeps_its_components(self, desk: Desk) -> None:
        one = await desk.manage.component("API")
        fields = {"name": "Cache", "title": "Slow cache", "body": "It is slow."}
        body = {**fields, "component_ids": [one], "update_status": "identified"}
        made = await desk.manage.post("incident_templates", {"template": body})
        path = f"/templates/{made['id']}"
        changed = {**fields, "title": "Cold cache", "status": "monitoring", "tell": "on"}
        await desk.fill(path, do="keep", **changed)
        [kept] = await desk.manage.get("incident_templates")
        assert (kept["title"], kept["update_status"]) == ("Cold cache", "monitoring")
        assert kept["should_send_notifications"] is True
        assert [row["id"] for row in kept["components"]] == [one]
        assert "Slow cache" not in await desk.words("/templates")

    async def test_what_a_template_lacks_is_said_and_nothing_is_changed(self, desk: Desk) -> None:
        await desk.fill("/templates", name="Cache", title="Slow cache", body="It is slow.")
        [made] = await desk.manage.get("incident_templates")
        answer = await desk.fill(f"/templates/{made['id']}", 422, name=" ", title="New", body="x")
        assert "Name can&#39;t be blank." in answer.text
        assert 'value="New"' in answer.text
        assert await desk.manage.get("incident_templates") == [made]

    async def test_a_template_is_deleted(self, desk: Desk) -> None:
        await desk.fill("/templates", name="Cache", title="Slow cache", body="It is slow.")
        [made] = await desk.manage.get("incident_templates")
        await desk.fill(f"/templates/{made['id']}", do="delete")
        assert await desk.manage.get("incident_templates") == []
        await desk.see(f"/templates/{made['id']}", 404)


class TestLanguages:
    async def test_operators_read_their_own_and_write_the_pages(self, desk: Desk) -> None:
        html = await desk.see("/incidents/new?locale=de")
        assert '<html lang="de">' in html
        assert "Vorfall melden" in html
        assert "We are looking into this.</textarea>" in html
        assert "Wartung planen" in await desk.see("")

    async def test_the_page_says_in_which_language_its_texts_are(self, desk: Desk) -> None:
        await desk.manage.server.configure(
            "{statuspage: {token: abcdefgh, language: ja}, server: {rate_limit: 0}}"
        )
        html = await desk.see("/incidents/new?locale=fr")
        assert "調査を進めています。</textarea>" in html

    @pytest.mark.parametrize("code", ["en", "de", "fr", "es", "pt", "ja"])
    async def test_what_is_refused_and_who_is_told(self, desk: Desk, code: str) -> None:
        language = language_of(code)
        await follow(desk.manage)
        await desk.see(f"?locale={code}")
        look = await desk.fill("/incidents/new", 200, do="preview", name="x", body="x", tell="on")
        assert (
            language.count("{n} subscriber will be told", "{n} subscribers will be told", 1)
            in look.text
        )
        answer = await desk.fill("/components", 422, new_status="operational")
        assert language.text("Tick the components that you want to set.") in answer.text


class TestMaintenances:
    async def test_one_is_planned_in_the_pages_zone_and_started_completed(self, desk: Desk) -> None:
        manage = desk.manage
        await manage.patch(f"/pages/{manage.page_id}", {"page": {"time_zone": "Europe/Berlin"}})
        one = await manage.component("Disk")
        when = {"start": "2026-07-01T10:00", "end": "2026-07-01T11:00"}
        await desk.publish(
            "/maintenances/new", name="Upgrade", body="Short.", status="scheduled",
            automatic="on", **when, **{"ticked[]": [one]},
        )  # fmt: skip
        [made] = await manage.get("incidents")
        assert made["scheduled_for"] == "2026-07-01T08:00:00Z"
        assert made["scheduled_auto_in_progress"] is True
        path = f"/incidents/{made['id']}"
        for status, expected in [
            ("in_progress", "under_maintenance"),
            ("completed", "operational"),
        ]:
            html = await desk.see(f"{path}?status={status}")
            await desk.send(path, **fields_of(html), do="publish")
            assert (await manage.get(f"incidents/{made['id']}"))["status"] == status
            assert await manage.status_of(one) == expected

    async def test_times_are_changed_without_an_update(self, desk: Desk) -> None:
        fields = {"scheduled_for": "2026-07-01T10:00:00Z", "scheduled_until": "2026-07-01T11:00Z"}
        made = await desk.manage.incident("Upgrade", **fields)
        path = f"/incidents/{made['id']}"
        later = {"start": "2026-07-02T10:00", "end": "2026-07-02T11:00"}
        await desk.publish(path, name="Upgrade", status="scheduled", **later)
        found = await desk.manage.get(f"incidents/{made['id']}")
        assert found["scheduled_for"] == "2026-07-02T10:00:00Z"
        assert len(found["incident_updates"]) == 1

    async def test_cancelling_says_so(self, desk: Desk) -> None:
        fields = {"scheduled_for": "2026-07-01T10:00:00Z", "scheduled_until": "2026-07-01T11:00Z"}
        made = await desk.manage.incident("Upgrade", **fields)
        path = f"/incidents/{made['id']}"
        html = await desk.see(f"{path}?status=completed&cancel=true")
        await desk.send(path, **fields_of(html), do="publish")
        found = await desk.manage.get(f"incidents/{made['id']}")
        assert found["incident_updates"][0]["body"] == "This maintenance is cancelled."


async def follow(manage: Manage) -> Any:
    hook = {"endpoint": "https://example.com/hook", "email": "ops@example.com"}
    return await manage.post("subscribers", {"subscriber": hook})


class TestTheRest:
    async def test_a_postmortem_is_drafted_published_and_taken_back(self, desk: Desk) -> None:
        made = await desk.manage.incident("Slow")
        path = f"/incidents/{made['id']}/postmortem"
        for wish, visible in [("draft", False), ("publish", True), ("revert", False)]:
            await desk.fill(path, do=wish, body="We **learned**.")
            page = await desk.manage.server.html(f"/incidents/{made['id']}")
            assert ("<strong>learned</strong>" in page) is visible

    async def test_a_postmortem_is_told_to_people_when_its_author_says_so(self, desk: Desk) -> None:
        made = await desk.manage.incident("Slow", deliver_notifications=False)
        slack = {"endpoint": f"https://hooks.slack.com/services/T1/B1/{'a' * 24}"}
        body = {**slack, "skip_confirmation_notification": True}
        await desk.manage.post("subscribers", {"subscriber": body})
        await follow(desk.manage)
        path = f"/incidents/{made['id']}/postmortem"
        assert "1 subscriber will be told: 1 in channels." in await desk.words(path)
        await desk.fill(path, do="publish", body="Why.")
        assert await desk.manage.server.count("outbox") == 0
        await desk.fill(path, do="publish", body="Why.", tell="on")
        assert await desk.manage.server.count("outbox") == 1

    async def test_components_are_set_together(self, desk: Desk) -> None:
        ids = [await desk.manage.component(name) for name in ("A", "B", "C")]
        await desk.fill("/components", new_status="degraded_performance", **{"ticked[]": ids[:2]})
        found = [await desk.manage.status_of(id_) for id_ in ids]
        assert found == ["degraded_performance", "degraded_performance", "operational"]

    async def test_subscribers_are_added_found_and_unsubscribed(self, desk: Desk) -> None:
        await desk.fill("/subscribers", endpoint="https://example.com/x")
        await desk.fill("/subscribers", 422, endpoint="http://127.0.0.1/")
        [made] = await desk.manage.get("subscribers")
        assert "https://example.com/x" in await desk.words("/subscribers?q=EXAMPLE")
        token = fields_of(await desk.see("/subscribers"))["form_token"]
        await desk.send(f"/subscribers/{made['id']}", form_token=token, do="unsubscribe")
        assert await desk.manage.get("subscribers") == []

    async def test_what_is_not_delivered_and_why(self, desk: Desk) -> None:
        await follow(desk.manage)
        await desk.manage.incident("Slow", body="x")
        desk.manage.server.receiver.answers = [500]
        await desk.manage.server.runtime.outbox.deliver_due()
        words = await desk.words("/deliveries")
        assert "https://example.com/hook" in words
        assert "1 failure" in words

    async def test_heartbeats_with_their_last_beats_and_a_pause(self, desk: Desk) -> None:
        server = desk.manage.server
        await server.configure(
            "{statuspage: {title: Test page, token: abcdefgh, problem_reports: true,"
            " groups: {Jobs: [{name: Backup, id: a/b}]}}, server: {rate_limit: 0}}"
        )
        await server.beat("a/b", "abcdefgh")
        assert "Heard" in await desk.words("/heartbeats")
        assert "Success" in await desk.words("/heartbeats/a/b")
        token = fields_of(await desk.see("/heartbeats"))["form_token"]
        await desk.send("/heartbeats/a/b", form_token=token, do="pause")
        assert "Paused" in await desk.words("/heartbeats")
        assert "Nothing in the last week." in await desk.words("/reports")

    async def test_what_is_not_there_is_told_to_be_so(self, desk: Desk) -> None:
        for path in ("/incidents/nothing", "/heartbeats/nothing", "/admin/nothing"):
            await desk.see(path, 404)
