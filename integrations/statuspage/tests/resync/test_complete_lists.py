"""A list that is empty and was not before is asked for once more before it is believed."""

import logging

import httpx
import pytest

from resync.complete_lists import ASK_AGAIN_AFTER, complete
from resync.known_pages import KnownPages
from statuspage import Collection, Raw, StatuspageClient
from tests.account import Account, Page
from tests.network import Network
from tests.virtual_time import now


class Lists:
    """A page of an account, what this process knows of it, and what Port holds."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.page: Page = account.add_page(incidents=3)
        self.client: StatuspageClient = Network(account).client()
        self.known = KnownPages()
        self.held: bool | None = None

    async def read(self, collection: Collection = Collection.INCIDENTS) -> list[Raw]:
        listing = self.client.list(self.page.raw["id"], collection)
        held = None if self.held is None else self._held_in_port
        readings = complete(listing, self.known, self.client.clock, held)
        return [item async for reading in readings for item in reading.content]

    async def _held_in_port(self, page_id: str, collection: Collection) -> bool:
        assert (page_id, collection) == (self.page.raw["id"], Collection.INCIDENTS)
        return bool(self.held)


@pytest.fixture
async def lists(account: Account) -> Lists:
    return Lists(account)


async def test_a_list_that_is_empty_for_a_moment_is_read_whole(
    lists: Lists, caplog: pytest.LogCaptureFixture
) -> None:
    before = await lists.read()
    lists.account.fail("/incidents", lambda _: empty(), times=1)
    began = now()

    assert await lists.read() == before
    assert now() - began == pytest.approx(ASK_AGAIN_AFTER, abs=1)
    assert caplog.text.count("is empty and was not before") == 1


async def test_a_list_that_stays_empty_is_believed_and_not_doubted_again(lists: Lists) -> None:
    await lists.read()
    lists.page.incidents.clear()
    lists.account.counted.clear()

    assert await lists.read() == []
    assert await lists.read() == []
    assert len(lists.account.counted) == 2 + 1


@pytest.mark.parametrize(("held", "requests"), [(None, 1), (False, 1), (True, 2)])
async def test_in_a_new_process_port_tells_whether_there_was_anything(
    lists: Lists, *, held: bool | None, requests: int
) -> None:
    lists.page.incidents.clear()
    lists.held = held

    assert await lists.read() == []
    assert len(lists.account.counted) == requests


async def test_a_list_of_what_is_open_may_become_empty_at_any_time(
    lists: Lists, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    lists.page.incidents[0]["status"] = "investigating"
    await lists.read(Collection.UNRESOLVED)
    for incident in lists.page.incidents:
        incident["status"] = "resolved"
    lists.account.counted.clear()

    assert await lists.read(Collection.UNRESOLVED) == []
    assert len(lists.account.counted) == 1
    assert caplog.text == ""


def empty() -> httpx.Response:
    return httpx.Response(200, json=[])
