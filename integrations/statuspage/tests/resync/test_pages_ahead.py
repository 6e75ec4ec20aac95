"""The list of pages, and what known ones show, are asked for when a resync begins."""

import asyncio

import httpx
import pytest

from resync.pages_ahead import FEW, asked_ahead, current
from resync.snapshot import Snapshot
from resync.streams import Components
from statuspage import KeyRejected
from statuspage.page_status import CACHED_FOR
from tests.account import Account
from tests.network import Network
from tests.virtual_time import now

from .reading import batches_of


async def test_it_is_there_when_the_mapping_is(account: Account) -> None:
    page = account.add_page()
    network = Network(account)
    client = network.client()
    began = now()

    with asked_ahead(client):
        # Ocean reads the mapping.
        await asyncio.sleep(network.latency)
        snapshot = Snapshot(client, ahead=current())
        chosen = await snapshot.chosen()

    assert [one.content["id"] for one in chosen.pages] == [page.raw["id"]]
    assert chosen.pages[0].sent == began
    assert now() - began == pytest.approx(network.latency)
    assert account.counted == ["/v1/pages"]
    snapshot.close()


async def test_what_a_known_page_shows_is_there_with_the_list_of_pages(account: Account) -> None:
    page = account.add_page(components=1000, groups=5)
    network = Network(account)
    client = network.client()
    began = now()

    with asked_ahead(client, [page.raw["id"]]):
        snapshot = Snapshot(client, ahead=current())
        batches = await batches_of(snapshot, Components())
        status = await snapshot.status(page.raw)

    # The pages, then the whole list at once.
    assert now() - began == pytest.approx(2 * network.latency)
    assert sum(map(len, batches)) == 1005
    assert len(account.counted) == 1 + 11
    # It is as old as its request.
    assert status.sent == began - CACHED_FOR
    snapshot.close()


async def test_of_many_pages_nothing_is_asked_before_their_lists(account: Account) -> None:
    ids = [account.add_page().raw["id"] for _ in range(FEW + 1)]
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return account(request)

    with asked_ahead(Network(answer).client(), ids):
        await asyncio.sleep(10)

    assert asked == ["/v1/pages"]


async def test_a_page_that_shows_nothing_is_read_as_ever(account: Account) -> None:
    page = account.add_page(components=3, viewers_must_be_team_members=True)
    client = Network(account).client()

    with asked_ahead(client, [page.raw["id"], "unknown"]):
        snapshot = Snapshot(client, ahead=current())
        status = await snapshot.status(page.raw)
        [batch] = await batches_of(snapshot, Components())

    assert (status.content.indicator, len(batch)) == ("none", 3)
    assert len(account.counted) == 1 + 1
    snapshot.close()


async def test_a_key_that_is_refused_is_told_to_who_wants_the_list(account: Account) -> None:
    account.fail("/v1/pages", 401)
    client = Network(account).client()

    with asked_ahead(client):
        snapshot = Snapshot(client, ahead=current())
        with pytest.raises(KeyRejected):
            await snapshot.chosen()
    snapshot.close()


async def test_a_resync_that_ends_before_leaves_nothing_under_way(account: Account) -> None:
    client = Network(account).client()

    with asked_ahead(client):
        await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert current() is None
    assert asyncio.all_tasks() == {asyncio.current_task()}
