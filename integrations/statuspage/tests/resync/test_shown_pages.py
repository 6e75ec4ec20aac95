"""An incremental sync reads nothing of a public page on which nothing has happened."""

from datetime import timedelta

import httpx
import pytest

from resync.shown_pages import OLDEST_COPY, ShownPages
from tests.account import Account
from tests.network import Network
from tests.virtual_time import now

from .histories import CURSOR
from .reading import snapshot_of

LONG_AGO = (CURSOR - timedelta(days=3)).isoformat()
LATELY = (CURSOR - OLDEST_COPY + timedelta(minutes=1)).isoformat()


async def is_quiet(account: Account) -> bool:
    [page] = account.pages.values()
    return await ShownPages(Network(account).client()).since(CURSOR)(page.raw)


async def test_a_page_that_shows_no_change_since_is_quiet_and_counts_nothing(
    account: Account,
) -> None:
    account.add_page(components=2, updated_at=LONG_AGO)

    assert await is_quiet(account)
    assert account.counted == []


async def test_a_page_that_changed_since_is_read(account: Account) -> None:
    account.add_page(updated_at=CURSOR.isoformat())
    assert not await is_quiet(account)


async def test_a_page_that_changed_so_shortly_before_that_a_copy_may_hide_more_is_read(
    account: Account,
) -> None:
    account.add_page(updated_at=LATELY)
    assert not await is_quiet(account)


async def test_a_page_that_the_api_says_to_have_changed_is_read_whatever_the_view_shows(
    account: Account,
) -> None:
    page = account.add_page(updated_at=LONG_AGO)
    is_quiet = ShownPages(Network(account).client()).since(CURSOR)
    assert not await is_quiet({**page.raw, "updated_at": CURSOR.isoformat()})


@pytest.mark.parametrize("updated_at", [None, "", "yesterday", 17])
async def test_a_view_that_does_not_say_when_it_changed_proves_nothing(
    account: Account, updated_at: object
) -> None:
    account.add_page(updated_at=updated_at)
    assert not await is_quiet(account)


async def test_a_private_page_is_read(account: Account) -> None:
    account.add_page(updated_at=LONG_AGO, viewers_must_be_team_members=True)
    assert not await is_quiet(account)


@pytest.mark.parametrize("status", [401, 404, 429, 503])
async def test_a_page_without_a_view_is_read(account: Account, status: int) -> None:
    account.add_page(updated_at=LONG_AGO)
    account.fail("summary", status)
    assert not await is_quiet(account)


async def test_pages_at_rest_are_left_out_and_each_view_is_read_once(account: Account) -> None:
    account.add_page(updated_at=LONG_AGO)
    other = account.add_page(updated_at=CURSOR.isoformat()).raw["id"]
    async with snapshot_of(account) as snapshot:
        shown = ShownPages(snapshot.client)
        for cursor in (CURSOR, CURSOR + timedelta(seconds=1)):
            pages = await snapshot.pages(shown.since(cursor))
            assert [page.content["id"] for page in pages] == [other]
    assert account.counted == ["/v1/pages"]
    assert len(account.public) == 1


async def test_a_kind_whose_last_sync_was_longer_ago_reads_what_another_leaves_out(
    account: Account,
) -> None:
    [page] = [account.add_page(updated_at=LONG_AGO).raw]
    quiet = ShownPages(Network(account).client())

    assert await quiet.since(CURSOR)(page)
    assert not await quiet.since(CURSOR - timedelta(days=4))(page)


async def test_of_a_page_no_more_than_its_id_need_be_known(account: Account) -> None:
    page_id = account.add_page(updated_at=LONG_AGO).raw["id"]
    assert await ShownPages(Network(account).client()).since(CURSOR)({"id": page_id})


async def test_a_view_of_another_page_proves_nothing(account: Account) -> None:
    page = account.add_page(updated_at=LONG_AGO)
    other = {"page": {"id": "another", "updated_at": LONG_AGO}, "components": []}
    account.fail("summary", lambda _: httpx.Response(200, json=other))
    assert not await ShownPages(Network(account).client()).since(CURSOR)(page.raw)


async def test_a_view_as_new_as_the_page_is_believed_and_read_once(account: Account) -> None:
    page = account.add_page(components=2, incidents=3, updated_at=CURSOR.isoformat())
    shown = ShownPages(Network(account).client())
    for _ in range(2):
        summary, recent = await shown.summary(page.raw), await shown.recent(page.raw)
        assert summary is not None
        assert recent is not None
        assert (len(summary.rows.by_id), len(recent[0].objects.by_id)) == (2, 3)
    assert len(account.public) == 3


@pytest.mark.parametrize("document", ["summary", "incidents", "scheduled-maintenances"])
@pytest.mark.parametrize("copies", [1, 2])
async def test_an_older_copy_is_asked_for_once_more_and_then_not_believed(
    account: Account, document: str, copies: int
) -> None:
    page = account.add_page(updated_at=CURSOR.isoformat())
    old = {"page": {"id": page.raw["id"], "updated_at": LONG_AGO}, "components": []}
    old |= {"incidents": [], "scheduled_maintenances": []}
    account.fail(f"/{document}", lambda _: httpx.Response(200, json=old), times=copies)
    shown, began = ShownPages(Network(account).client()), now()

    summary, recent = await shown.summary(page.raw), await shown.recent(page.raw)

    assert (summary is not None and recent is not None) == (copies == 1)
    assert 11 < now() - began < 15


async def test_a_page_that_does_not_say_when_it_changed_is_not_believed_to_be_shown(
    account: Account,
) -> None:
    page = account.add_page(updated_at=CURSOR.isoformat())
    shown = ShownPages(Network(account).client())
    assert await shown.summary({"id": page.raw["id"]}) is None
