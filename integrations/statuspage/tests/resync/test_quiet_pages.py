"""An incremental sync reads nothing of a public page on which nothing has happened."""

from datetime import timedelta

import pytest

from resync.quiet_pages import OLDEST_COPY, QuietPages
from statuspage import Collection
from tests.account import Account
from tests.network import Network

from .histories import CURSOR
from .reading import snapshot_of

LONG_AGO = (CURSOR - timedelta(days=3)).isoformat()
LATELY = (CURSOR - OLDEST_COPY + timedelta(minutes=1)).isoformat()


async def is_quiet(account: Account) -> bool:
    [page] = account.pages.values()
    return await QuietPages(Network(account).client()).since(CURSOR)(page.raw)


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
    is_quiet = QuietPages(Network(account).client()).since(CURSOR)
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


async def test_the_lists_of_quiet_pages_are_not_read_and_each_view_once(account: Account) -> None:
    account.add_page(updated_at=LONG_AGO)
    other = account.add_page(updated_at=CURSOR.isoformat()).raw["id"]
    async with snapshot_of(account) as snapshot:
        quiet = QuietPages(snapshot.client)
        snapshot.fetch_ahead([Collection.COMPONENTS], quiet.since(CURSOR))
        for cursor in (CURSOR, CURSOR + timedelta(seconds=1)):
            pages = await snapshot.pages(quiet.since(cursor))
            assert [page.content["id"] for page in pages] == [other]
        async for _ in snapshot.list(other, Collection.COMPONENTS).batches():
            pass
    assert len(account.counted) == 2
    assert len(account.public) == 1


async def test_a_kind_whose_last_sync_was_longer_ago_reads_what_another_leaves_out(
    account: Account,
) -> None:
    [page] = [account.add_page(updated_at=LONG_AGO).raw]
    quiet = QuietPages(Network(account).client())

    assert await quiet.since(CURSOR)(page)
    assert not await quiet.since(CURSOR - timedelta(days=4))(page)
