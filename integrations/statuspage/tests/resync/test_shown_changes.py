"""What a page shows in public to have changed is read with the fewest requests."""

from datetime import timedelta

from resync.changed import Changed
from resync.mapped import Mapped
from resync.shown_pages import OLDEST_COPY
from resync.streams import Incidents
from tests.account import Account, Page

from .histories import (
    CURSOR,
    EVERYTHING,
    History,
    add_old,
    before,
    changes_of,
    since,
    stamp,
)
from .reading import contents, lists, snapshot_of


def page_of(account: Account, old: int = 0, components: int = 0) -> Page:
    """Return a page with incidents that were over long ago."""
    history = History(account.add_page(components=components))
    add_old(account, history, old)
    return history.page


def changed_now(account: Account, page: Page, count: int, status: str = "resolved") -> set[str]:
    """Add incidents that were created long ago and changed lately."""
    added = [
        account.add_incident(
            page, status=status, created_at=before(hours=number), updated_at=since(number)
        )
        for number in range(count)
    ]
    return {one["id"] for one in added}


async def read(
    account: Account, page: Page, *open_in_port: str, mapped: Mapped = EVERYTHING
) -> Changed:
    async with snapshot_of(account) as snapshot:
        port = {page.raw["id"]: frozenset(open_in_port)}
        return await changes_of(snapshot, port, mapped=mapped).of(page.raw, CURSOR)


def ids(changed: Changed) -> set[str]:
    return {one.content["id"] for one in changed.incidents}


def asked(account: Account) -> list[str]:
    return [path.partition("/incidents")[2].partition("?")[0] for path in account.counted]


async def test_a_page_on_which_no_incident_changed_costs_nothing(account: Account) -> None:
    page = page_of(account, old=300)
    still = account.add_incident(page, status="monitoring", created_at=before(days=9))
    assert ids(await read(account, page, still["id"])) == set()
    assert account.counted == []


async def test_one_that_changed_is_read_as_a_whole_by_one_request(account: Account) -> None:
    page = page_of(account, old=300)
    [changed] = changed_now(account, page, 1)
    page.incidents[0]["metadata"] = {"key": "1"}
    result = await read(account, page)
    assert contents(result.incidents) == [page.incidents[0]]
    assert asked(account) == [f"/{changed}"]


async def test_several_that_are_open_take_one_request_however_old_they_are(
    account: Account,
) -> None:
    page = page_of(account)
    changed = changed_now(account, page, 5, "identified")
    page.incidents += page_of(account, old=3000).incidents[::-1]
    page.incidents.reverse()
    assert ids(await read(account, page, *changed)) == changed
    assert asked(account) == ["/unresolved"]


async def test_several_planned_maintenances_take_one_request(account: Account) -> None:
    page = page_of(account, old=300)
    changed = changed_now(account, page, 3, "scheduled")
    assert ids(await read(account, page, *changed)) == changed
    assert asked(account) == ["/scheduled"]


async def test_edits_of_some_that_were_over_long_since_take_one_page_of_results(
    account: Account,
) -> None:
    page = page_of(account, old=300)
    edited = page.incidents[5:45:10]
    for one in edited:
        one["updated_at"] = since(60)
    assert ids(await read(account, page)) == {one["id"] for one in edited}
    assert asked(account) == [""]


async def test_an_edit_behind_what_the_view_shows_waits_for_the_next_full_resync(
    account: Account,
) -> None:
    page = page_of(account, old=300)
    page.incidents[60]["updated_at"] = since(60)
    assert ids(await read(account, page)) == set()


async def test_a_maintenance_edited_long_after_its_end_is_shown_again(account: Account) -> None:
    page = page_of(account)
    for number in range(60):
        at = before(days=1, hours=number)
        account.add_incident(page, status="completed", created_at=at, updated_at=at)
    page.incidents[0]["updated_at"] = since(60)
    assert ids(await read(account, page)) == {page.incidents[0]["id"]}


async def test_one_that_is_open_and_that_port_does_not_hold_is_read(account: Account) -> None:
    page = page_of(account, old=3)
    missed = account.add_incident(
        page, status="monitoring", created_at=before(days=9), updated_at=before(days=9)
    )
    assert ids(await read(account, page)) == {missed["id"]}


async def test_one_that_is_over_and_that_port_holds_for_open_is_read(account: Account) -> None:
    page = page_of(account, old=3)
    missed = page.incidents[1]["id"]
    assert ids(await read(account, page, missed)) == {missed}


async def test_what_no_block_of_the_mapping_chooses_is_not_read(account: Account) -> None:
    page = page_of(account, old=3)
    changed_now(account, page, 3)
    only_open = Mapped((Incidents(tuple(lists("unresolved"))),))
    assert ids(await read(account, page, mapped=only_open)) == set()
    assert account.counted == []


async def test_what_an_old_copy_may_have_hidden_from_the_last_sync_is_read(
    account: Account,
) -> None:
    page = page_of(account, old=3)
    hidden = stamp(CURSOR - OLDEST_COPY + timedelta(seconds=30))
    missed = account.add_incident(page, created_at=hidden, updated_at=hidden)
    assert ids(await read(account, page)) == {missed["id"]}


async def test_one_that_the_view_still_shows_is_not_gone(account: Account) -> None:
    page = page_of(account, old=3)
    [changed] = changed_now(account, page, 1, "identified")
    account.fail(f"/incidents/{changed}", 404)
    result = await read(account, page, changed)
    assert (result.incidents, result.gone) == ([], [])


async def test_two_that_are_gone_are_asked_for_where_a_full_resync_takes_more(
    account: Account,
) -> None:
    page = page_of(account, old=3000, components=150)
    result = await read(account, page, "gone1", "gone2")
    assert result.gone == ["gone1", "gone2"]
    assert asked(account) == ["/gone1", "/gone2"]


async def test_many_that_are_gone_cost_no_more_than_the_whole_list(account: Account) -> None:
    page = page_of(account, old=250)
    missing = [f"gone{number}" for number in range(20)]
    result = await read(account, page, *missing)
    assert result.gone == sorted(missing)
    assert asked(account) == ["", "", ""]
