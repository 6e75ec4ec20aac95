"""Feeds, calendar and the other documents that the vendor's pages have, read by a reader each."""

from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar

from tests.manage import Manage
from tests.manage_api.test_incidents import PLANNED

ODD = "Trouble \x0b <b>&</b> \N{PARTY POPPER}"


async def read(manage: Manage, path: str) -> Any:
    answer = await manage.server.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer


async def fill(manage: Manage) -> dict[str, Any]:
    made: dict[str, Any] = await manage.incident(ODD, body="We **look** into it.")
    manage.server.clock.move(3600)
    body = {"incident": {"status": "resolved", "body": "Over.\n\n- one"}}
    return dict(await manage.patch(f"incidents/{made['id']}", body))


@pytest.mark.parametrize(
    ("path", "version"), [("/history.atom", "atom10"), ("/history.rss", "rss20")]
)
async def test_a_reader_of_feeds_understands_them(path: str, version: str, manage: Manage) -> None:
    made = await fill(manage)
    answer = await read(manage, path)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == version
    assert feed.feed.title == "Test page Status - Incident History"
    (entry,) = feed.entries
    assert entry.link == f"http://localhost:8080/incidents/{made['id']}"
    assert entry.title == "Trouble  <b>&</b> \N{PARTY POPPER}"
    html = entry.content[0].value if "content" in entry else entry.summary
    assert html.index("Resolved") < html.index("Investigating")
    assert "<strong>look</strong>" in html
    # The newest update's time, as the vendor has it.
    assert entry.published_parsed[:5] == (2026, 3, 4, 6, 6)


async def test_times_in_feeds_are_marked_up_as_the_vendors(manage: Manage) -> None:
    await fill(manage)
    root = ElementTree.fromstring((await read(manage, "/history.rss")).content)  # noqa: S314
    description = root.findtext("channel/item/description") or ""
    assert description.startswith(
        "<p><small>Mar <var data-var='date'> 4</var>, <var data-var='time'>06:06</var> UTC</small>"
        "<br><strong>Resolved</strong> - Over.</p>"
    )
    assert root.findtext("channel/description") == "Statuspage"


async def test_atom_names_entries_as_the_vendor(manage: Manage) -> None:
    made = await fill(manage)
    feed = feedparser.parse((await read(manage, "/history.atom")).content)
    assert feed.feed.id == "tag:localhost,2005:/history"
    assert feed.entries[0].id == f"tag:localhost,2005:Incident/{made['id']}"


async def test_a_calendar_of_maintenances(manage: Manage) -> None:
    await fill(manage)
    made = await manage.incident("Upgrade, and more", body="Short **breaks**.", **PLANNED)
    calendar = Calendar.from_ical((await read(manage, "/maintenances.ics")).content)
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == "Upgrade, and more"
    assert event["description"] == "Short breaks."
    assert event["url"] == f"http://localhost:8080/incidents/{made['id']}"
    start, end = event.decoded("dtstart"), event.decoded("dtend")
    assert start.isoformat() == "2026-03-05T00:00:00+00:00"
    assert end > start


async def test_a_page_may_have_no_feeds(manage: Manage) -> None:
    await manage.patch(f"/pages/{manage.page_id}", {"page": {"allow_rss_atom_feeds": False}})
    for path in ("/history.atom", "/history.rss", "/maintenances.ics"):
        assert (await manage.server.client.get(path)).status_code == 404
    assert "history.atom" not in await manage.server.html()


async def test_history_json_has_three_months_and_its_incidents(manage: Manage) -> None:
    made = await fill(manage)
    months = (await read(manage, "/history.json")).json()["months"]
    assert [(month["name"], month["year"]) for month in months] == [
        ("March", 2026),
        ("February", 2026),
        ("January", 2026),
    ]
    # March 2026 begins on a Sunday and has 31 days.
    assert (months[0]["starts_on"], months[0]["days"]) == (0, 31)
    (entry,) = months[0]["incidents"]
    assert entry == {
        "code": made["id"],
        "name": ODD,
        "message": "<p>Over.</p>\n<ul>\n<li>one</li>\n</ul>\n",
        "impact": "none",
        "timestamp": (
            "Mar <var data-var='date'> 4</var>, <var data-var='time'>05:06</var> - "
            "<var data-var='time'>06:06</var> UTC"
        ),
    }
    older = (await read(manage, "/history.json?page=2")).json()["months"]
    assert [month["name"] for month in older] == ["December", "November", "October"]


async def test_an_incident_as_json_with_its_postmortem(manage: Manage) -> None:
    made = await fill(manage)
    path = f"/incidents/{made['id']}.json"
    found = (await read(manage, path)).json()
    assert [update["status"] for update in found["incident_updates"]] == [
        "resolved",
        "investigating",
    ]
    assert found["postmortem_body"] is None
    draft = {"postmortem": {"body_draft": "Why."}}
    await manage.put(f"incidents/{made['id']}/postmortem", draft)
    assert (await read(manage, path)).json()["postmortem_body"] is None
    await manage.put(f"incidents/{made['id']}/postmortem/publish", {"postmortem": {}})
    assert (await read(manage, path)).json()["postmortem_body"] == "Why."
    assert (await manage.server.client.get("/incidents/nothing.json")).status_code == 404


async def test_badges_of_page_and_component(manage: Manage) -> None:
    one = await manage.component("API", status="partial_outage")
    group = {"component_group": {"name": "Web", "components": [one]}}
    group_id = (await manage.post("component-groups", group))["id"]
    for path, text in (
        ("/badge.svg", "Test page: Partial System Outage"),
        ("/badge.svg?label=a<b", "a&lt;b: Partial System Outage"),
        (f"/components/{one}/badge.svg", "API: Partial outage"),
        (f"/components/{group_id}/badge.svg?locale=de", "Web: Teilausfall"),
    ):
        answer = await read(manage, path)
        assert answer.headers["content-type"] == "image/svg+xml"
        assert f"<title>{text}</title>" in answer.text
    manage.server.client.cookies.clear()
    assert (await manage.server.client.get("/components/nothing/badge.svg")).status_code == 404


class TestTheBanner:
    async def test_others_may_frame_it_and_nothing_else(self, manage: Manage) -> None:
        frame = await manage.server.client.get("/embed/frame")
        assert "frame-ancestors *" in frame.headers["content-security-policy"]
        page = await manage.server.client.get("/")
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]

    async def test_it_asks_to_be_shown_while_something_is_open(self, manage: Manage) -> None:
        assert 'data-shown="no"' in await manage.server.html("/embed/frame")
        await manage.incident("Planned", **PLANNED)
        assert 'data-shown="no"' in await manage.server.html("/embed/frame")
        await manage.incident("Running", status="in_progress", **PLANNED)
        page = await manage.server.html("/embed/frame")
        assert 'data-shown="yes"' in page
        assert "Running" in page

    async def test_the_script_knows_where_it_came_from(self, manage: Manage) -> None:
        answer = await manage.server.client.get("/embed/script.js")
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert 'const site = "http://localhost:8080";' in answer.text
        path = f"/pages/{manage.page_id}"
        answer = await manage.server.client.get(f"{path}/embed/script.js")
        assert f'const site = "http://localhost:8080{path}";' in answer.text


async def test_badges_of_heartbeats(manage: Manage) -> None:
    await manage.server.configure(
        "{statuspage: {token: abcdefgh, groups: {Jobs: [{name: Backup, id: a/b, interval: 60,"
        " grace: 60}]}}, server: {rate_limit: 0}}"
    )

    async def label(query: str = "") -> Any:
        badge = await read(manage, f"/heartbeats/a/b/badge.svg{query}")
        assert badge.headers["Content-Type"].startswith("image/svg+xml")
        return ElementTree.fromstring(badge.content).get("aria-label")  # noqa: S314

    assert await label() == "Backup: Never heard"
    await manage.server.beat("a/b", "abcdefgh")
    assert await label() == "Backup: Heard"
    await manage.server.pass_time(90)
    assert await label() == "Backup: Overdue"
    await manage.server.pass_time(60)
    assert await label() == "Backup: Late"
    await manage.server.beat("a/b", "abcdefgh")
    assert await label("?label=Nightly&locale=de") == "Nightly: Meldet sich"
    for path in ("/heartbeats/a/badge.svg", "/pages/nothing/heartbeats/a/b/badge.svg"):
        assert (await manage.server.client.get(path)).status_code == 404
