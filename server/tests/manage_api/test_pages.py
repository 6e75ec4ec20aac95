"""Pages, as the manage API shows and changes them."""

import re

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


async def test_the_keys_are_in_the_vendors_order(manage: Manage) -> None:
    keys = list(await manage.get(f"/pages/{manage.page_id}"))

    assert keys[:5] == ["id", "created_at", "updated_at", "name", "page_description"]
    assert keys.index("url") == keys.index("domain") + 1
