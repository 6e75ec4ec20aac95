"""Pages, as the manage API shows and changes them."""

import re

from statuspage_server.core.moments import milliseconds, whole_seconds
from tests.manage import Manage


async def test_a_page_without_a_site_of_its_own_links_to_itself(manage: Manage) -> None:
    page = await manage.get(f"/pages/{manage.page_id}")

    assert re.fullmatch(rf"http://[^/]+/pages/{manage.page_id}", page["url"])


async def test_a_page_links_to_the_site_that_it_was_given(manage: Manage) -> None:
    changed = await manage.patch(
        f"/pages/{manage.page_id}", {"page": {"url": "https://example.com"}}
    )

    assert changed["url"] == "https://example.com"
    assert [page["url"] for page in await manage.get("/pages")] == ["https://example.com"]


async def test_a_page_is_as_new_as_the_newest_change_on_it(manage: Manage) -> None:
    """Pollers look at this date alone, and read the rest when it has moved."""
    one = await manage.component("One")
    made = await manage.incident("Trouble", body="Looking.")
    group = {"component_group": {"name": "Group", "components": [one]}}
    update = f"incidents/{made['id']}/incident_updates/{made['incident_updates'][0]['id']}"
    postmortem = f"incidents/{made['id']}/postmortem"
    changes = (
        ("POST", "components", {"component": {"name": "Two"}}),
        ("PATCH", f"components/{one}", {"component": {"description": "Ours"}}),
        ("PATCH", f"components/{one}", {"component": {"status": "major_outage"}}),
        ("POST", "component-groups", group),
        ("PATCH", f"incidents/{made['id']}", {"incident": {"body": "More."}}),
        ("PATCH", update, {"incident_update": {"body": "Rather this."}}),
        ("PUT", postmortem, {"postmortem": {"body_draft": "Why."}}),
        ("DELETE", f"incidents/{made['id']}", None),
    )
    for method, path, body in changes:
        manage.server.clock.move(10)
        await manage.ask(method, path, body)
        shown = await manage.get(f"/pages/{manage.page_id}")
        assert shown["updated_at"] == whole_seconds(manage.server.clock()), (method, path)
    manage.server.clock.move(10)
    await manage.delete(f"components/{one}", 204)
    summary = (await manage.server.client.get("/api/v2/summary.json")).json()
    assert summary["page"]["updated_at"] == milliseconds(manage.server.clock())


async def test_what_heartbeats_change_makes_a_page_new_as_well(manage: Manage) -> None:
    await manage.server.configure(
        "statuspage: {token: t, groups: {A: [{name: a, id: a}]}}\nserver: {rate_limit: 0}"
    )
    manage.server.clock.move(10)
    await manage.server.beat("a", "t")
    (page,) = await manage.get("/pages")
    assert page["updated_at"] == whole_seconds(manage.server.clock())


async def test_a_clock_that_is_put_back_does_not_make_a_page_older(manage: Manage) -> None:
    await manage.component("One")
    (before,) = await manage.get("/pages")
    manage.server.clock.move(-3600)
    await manage.component("Two")
    (after,) = await manage.get("/pages")
    assert after["updated_at"] == before["updated_at"]


async def test_the_keys_are_in_the_vendors_order(manage: Manage) -> None:
    keys = list(await manage.get(f"/pages/{manage.page_id}"))

    assert keys[:5] == ["id", "created_at", "updated_at", "name", "page_description"]
    assert keys.index("url") == keys.index("domain") + 1
