"""What of pages, groups and components the public view shows costs no request."""

from typing import Any

import pytest

from resync.shown_pages import ShownPages
from resync.shown_streams import ShownComponents, ShownGroups, ShownPage
from resync.streams import Components, Groups, Pages
from tests.account import Account, Page, Raw

from .histories import CURSOR, PRIVATE, before, since
from .reading import by_id, items_of, snapshot_of

KINDS = ["statuspage", "component_group", "component"]
DATED = {"created_at": before(days=9), "updated_at": before(days=9)}


def page_of(account: Account, *, rows: int = 5, **changes: Any) -> Page:
    page = account.add_page(updated_at=CURSOR.isoformat(), **changes)
    group = account.add_group(page, "major_outage")
    for raw in (group, page.components[0]):
        raw.update(DATED, position=1, description=None)
    for number in range(rows):
        group_id = group["id"] if number < 2 else None
        moments = {**DATED, "automation_email": "someone@example.com"}
        account.add_component(page, group_id=group_id, **moments)
    return page


async def brought(account: Account, kind: str, *, rows_suffice: bool = True) -> list[Raw]:
    async with snapshot_of(account) as snapshot:
        shown = ShownPages(snapshot.client)
        streams: Raw = {
            "statuspage": ShownPage(shown, Pages()),
            "component_group": ShownGroups(shown, Groups()),
            "component": ShownComponents(shown, Components(), CURSOR, rows_suffice),
        }
        return by_id(await items_of(snapshot, streams[kind]))


async def full(account: Account, kind: str) -> list[Raw]:
    async with snapshot_of(account) as snapshot:
        streams: Raw = {
            "statuspage": Pages(),
            "component_group": Groups(),
            "component": Components(),
        }
        return by_id(await items_of(snapshot, streams[kind]))


def without_hidden(items: list[Raw]) -> list[Raw]:
    # A group's members stand in another order.
    hidden = ("automation_email", "components")
    return [{key: one[key] for key in one if key not in hidden} for one in items]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_shown_is_what_the_api_has_and_costs_only_the_list_of_pages(
    account: Account, kind: str
) -> None:
    page_of(account)
    expected = await full(account, kind)
    account.counted.clear()
    assert without_hidden(await brought(account, kind)) == without_hidden(expected)
    assert account.counted == ["/v1/pages"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_private_page_is_read_as_by_a_full_resync(account: Account, kind: str) -> None:
    page_of(account, **PRIVATE)
    expected = await full(account, kind)
    sent, account.counted = account.counted, []
    assert await brought(account, kind) == expected
    assert sorted(account.counted) == sorted(sent)


@pytest.mark.parametrize("kind", KINDS[1:])
async def test_rows_of_which_one_cannot_be_read_are_not_taken_for_all(
    account: Account, kind: str
) -> None:
    page = page_of(account)
    account.add_component(page, id="../odd")
    assert await brought(account, kind) == await full(account, kind)


async def test_groups_without_the_current_status_have_none(account: Account) -> None:
    page_of(account)
    async with snapshot_of(account) as snapshot:
        stream = ShownGroups(ShownPages(snapshot.client), Groups(current_status=False))
        assert "__status" not in (await items_of(snapshot, stream))[0]


async def test_where_the_mapping_needs_more_only_the_components_that_changed_are_read(
    account: Account,
) -> None:
    page = page_of(account, rows=150)
    changed = page.components[7]
    changed["updated_at"] = since(5)
    assert await brought(account, "component", rows_suffice=False) == [changed]
    assert account.counted == [
        "/v1/pages",
        f"/v1/pages/{page.raw['id']}/components/{changed['id']}",
    ]


async def test_their_list_is_read_where_that_is_no_dearer(account: Account) -> None:
    page = page_of(account, rows=150)
    for one in page.components[7:9]:
        one["updated_at"] = since(5)
    assert await brought(account, "component", rows_suffice=False) == by_id(page.components)
    assert len(account.counted) == 1 + 2
