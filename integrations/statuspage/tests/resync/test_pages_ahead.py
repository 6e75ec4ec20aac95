"""The list of pages is asked for when a resync begins."""

import asyncio

import pytest

from resync.pages_ahead import asked_ahead, current
from resync.snapshot import Snapshot, read_pages
from statuspage import KeyRejected
from tests.account import Account
from tests.network import Network
from tests.virtual_time import now


async def test_it_is_there_when_the_mapping_is(account: Account) -> None:
    page = account.add_page()
    network = Network(account)
    client = network.client()
    began = now()

    with asked_ahead(lambda: read_pages(client)):
        # Ocean reads the mapping.
        await asyncio.sleep(network.latency)
        snapshot = Snapshot(client, pages=current())
        chosen = await snapshot.chosen()

    assert [one.content["id"] for one in chosen.pages] == [page.raw["id"]]
    assert chosen.pages[0].sent == began
    assert now() - began == pytest.approx(network.latency)
    assert account.counted == ["/v1/pages"]
    snapshot.close()


async def test_a_key_that_is_refused_is_told_to_who_wants_the_list(account: Account) -> None:
    account.fail("/v1/pages", 401)
    client = Network(account).client()

    with asked_ahead(lambda: read_pages(client)):
        snapshot = Snapshot(client, pages=current())
        with pytest.raises(KeyRejected):
            await snapshot.chosen()
    snapshot.close()


async def test_a_resync_that_ends_before_leaves_nothing_under_way(account: Account) -> None:
    client = Network(account).client()

    with asked_ahead(lambda: read_pages(client)):
        await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert current() is None
    assert asyncio.all_tasks() == {asyncio.current_task()}
