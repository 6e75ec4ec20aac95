"""`Snapshot`: what is under way stops with it, and nobody is left waiting."""

import asyncio

import pytest

from resync.everywhere import everywhere
from resync.snapshot import Snapshot
from statuspage import Collection, KeyRejected, StatuspageError
from tests.account import Account
from tests.network import Network

from .reading import STREAMS, lists, settled, snapshot_of

EVERY_LIST = lists("component_groups", "components", "incidents")
PATIENCE = 600


async def read_to_the_end(snapshot: Snapshot, kind: str = "incident", pause: float = 0) -> int:
    """Read a kind, with a pause behind each batch."""
    count = 0
    async for batch in everywhere(snapshot, STREAMS[kind]):
        count += len(batch)
        await asyncio.sleep(pause)
    return count


@pytest.mark.parametrize("after", [0, 0.1, 0.2, 0.5, 1.0, 100.0])
async def test_closing_at_any_moment_leaves_no_task_and_no_open_file(
    account: Account, after: float
) -> None:
    for _ in range(3):
        account.add_page(components=130, groups=3, incidents=750)
    snapshot = Snapshot(Network(account).client())
    snapshot.fetch_ahead(EVERY_LIST)
    await asyncio.sleep(after)

    snapshot.close()
    del snapshot

    # A file that stayed open would warn when it is collected, and warnings are errors here.
    assert await settled() == set()


async def test_closing_sends_nothing_more(account: Account) -> None:
    account.add_page(incidents=2000)
    snapshot = Snapshot(Network(account).client())
    snapshot.fetch_ahead(EVERY_LIST)
    await asyncio.sleep(1)
    sent = len(account.counted)

    snapshot.close()
    await asyncio.sleep(100)

    assert len(account.counted) == sent


@pytest.mark.parametrize("after", [0.2, 0.5, 1.0])
async def test_closing_ends_who_waits_for_a_list_with_an_error_of_ours(
    account: Account, after: float
) -> None:
    account.add_page(incidents=2000)
    snapshot = Snapshot(Network(account).client())
    reader = asyncio.create_task(read_to_the_end(snapshot))
    await asyncio.sleep(after)

    snapshot.close()

    with pytest.raises(StatuspageError):
        await asyncio.wait_for(reader, PATIENCE)
    assert await settled() == set()


async def test_closing_ends_who_has_yet_to_read_what_waits_on_disk(account: Account) -> None:
    account.add_page(incidents=2000)
    snapshot = Snapshot(Network(account).client())
    reader = asyncio.create_task(read_to_the_end(snapshot, pause=50))
    await asyncio.sleep(60)

    snapshot.close()

    with pytest.raises(StatuspageError):
        await asyncio.wait_for(reader, PATIENCE)
    assert await settled() == set()


async def test_closing_ends_a_single_list_s_reader_with_an_error_of_ours(account: Account) -> None:
    page_id = account.add_page(incidents=2000).raw["id"]
    snapshot = Snapshot(Network(account).client())
    batches = snapshot.list(page_id, Collection.INCIDENTS).batches()
    await anext(batches)
    await asyncio.sleep(1)

    snapshot.close()

    with pytest.raises(StatuspageError):
        await asyncio.wait_for(anext(batches), PATIENCE)


async def test_closing_ends_who_waits_for_the_pages_with_an_error_of_ours(account: Account) -> None:
    snapshot = Snapshot(Network(account).client())
    reader = asyncio.create_task(read_to_the_end(snapshot))
    await asyncio.sleep(0.1)

    snapshot.close()

    # A cancellation that nobody asked for would be taken for Ocean's own.
    with pytest.raises(StatuspageError):
        await asyncio.wait_for(reader, PATIENCE)


async def test_closing_ends_who_waits_for_one_incident_with_an_error_of_ours(
    account: Account,
) -> None:
    page = account.add_page(incidents=1)
    snapshot = Snapshot(Network(account).client())
    reader = asyncio.create_task(snapshot.incident(page.raw["id"], page.incidents[0]["id"]))
    await asyncio.sleep(0.1)

    snapshot.close()

    with pytest.raises(StatuspageError):
        await asyncio.wait_for(reader, PATIENCE)


async def test_closing_an_unused_snapshot_does_nothing(account: Account) -> None:
    Snapshot(Network(account).client()).close()

    assert await settled() == set()
    assert account.counted == []


async def test_fetching_ahead_survives_a_key_that_is_rejected(account: Account) -> None:
    account.fail("/v1/pages$", 401)

    async with snapshot_of(account) as snapshot:
        snapshot.fetch_ahead(EVERY_LIST)
        await asyncio.sleep(10)
        with pytest.raises(KeyRejected):
            await snapshot.chosen()

    assert account.counted == ["/v1/pages"]


async def test_lists_are_fetched_in_the_order_in_which_they_will_be_read(account: Account) -> None:
    account.add_page()
    account.add_page()

    async with snapshot_of(account) as snapshot:
        snapshot.fetch_ahead(lists("incidents", "components", "incidents"))
        await asyncio.sleep(10)

    asked = [path.partition("?")[0].rpartition("/")[2] for path in account.counted]
    assert asked == ["pages", "incidents", "incidents", "components", "components"]


async def test_one_incident_is_asked_for_once_and_none_when_it_is_gone(account: Account) -> None:
    page = account.add_page(incidents=1)
    page_id, incident = page.raw["id"], page.incidents[0]

    async with snapshot_of(account) as snapshot:
        found = [await snapshot.incident(page_id, incident["id"]) for _ in range(2)]
        missing = [await snapshot.incident(page_id, "gone") for _ in range(2)]

    assert [one.content for one in found] == [incident] * 2
    assert [one.content for one in missing] == [None] * 2
    assert len(account.counted) == 2


async def test_chosen_pages_are_each_listed_once_however_often_they_were_named(
    account: Account,
) -> None:
    page = account.add_page()
    page_id = page.raw["id"]

    async with snapshot_of(account, [page_id, "unseen", page_id, "unseen"]) as snapshot:
        chosen = await snapshot.chosen()

    assert [one.content for one in chosen.pages] == [page.raw]
    assert chosen.unseen == ["unseen"]
