"""Pages of a list that are sure to be there are asked for at the same time."""

import asyncio
import math
from functools import partial

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage import PAGE_SIZE, Collection, Listing, RequestError
from tests.account import Account, Page
from tests.network import Network
from tests.virtual_time import now, run

from .reading import kinds, snapshot_of
from .reading import read as read_kinds


def listing_of(account: Account, page: Page, network: Network | None = None) -> Listing:
    client = (network or Network(account)).client()
    return client.list(page.raw["id"], Collection.COMPONENTS)


async def known(rows: int) -> int:
    return rows


async def read(listing: Listing, rows: int) -> list[str]:
    return [
        item["id"]
        async for reading in listing.readings(partial(known, rows))
        for item in reading.content
    ]


@given(length=st.integers(0, 450), rows=st.integers(0, 450))
def test_a_list_is_whole_whatever_was_said_of_its_length(length: int, rows: int) -> None:
    account = Account()
    page = account.add_page(components=length)

    ids = run(read(listing_of(account, page), rows))

    assert ids == [row["id"] for row in page.components]
    least = length // PAGE_SIZE + 1
    # What was said to be there and is not is asked for in vain.
    assert len(account.counted) <= max(least, math.ceil(rows / PAGE_SIZE))
    if rows <= length:
        assert len(account.counted) == least


async def test_it_takes_as_long_as_one_page(account: Account) -> None:
    page = account.add_page(components=940)
    network = Network(account)
    began = now()

    await read(listing_of(account, page, network), 940)

    assert now() - began == pytest.approx(network.latency)


async def test_a_short_list_waits_for_nobody_to_tell_its_length(account: Account) -> None:
    page = account.add_page(components=PAGE_SIZE - 1)
    network = Network(account)
    began = now()

    async def late() -> int:
        await asyncio.sleep(100)
        return 0

    assert [one async for one in listing_of(account, page, network).readings(late)]
    assert now() - began == pytest.approx(network.latency)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_who_stops_early_sends_nothing_more(account: Account) -> None:
    page = account.add_page(components=940)
    reading = listing_of(account, page).readings(partial(known, 940))
    await anext(reading)
    await anext(reading)
    await reading.aclose()  # type: ignore[attr-defined]
    sent = len(account.counted)
    await asyncio.sleep(100)

    assert len(account.counted) == sent
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_page_that_fails_ends_the_list_with_its_error(account: Account) -> None:
    page = account.add_page(components=940)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("page") == "4":
            return httpx.Response(403, json={"error": "no"})
        return account(request)

    with pytest.raises(RequestError):
        await read(listing_of(account, page, Network(answer)), 940)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize(("private", "answers"), [(False, 3), (True, 12)])
async def test_what_a_page_shows_in_public_tells_how_long_its_list_is(
    account: Account, answers: int, *, private: bool
) -> None:
    account.add_page(components=1000, groups=5, viewers_must_be_team_members=private)
    network = Network(account)
    began = now()

    async with snapshot_of(network) as snapshot:
        await read_kinds(snapshot, kinds("component_group"))

    # Of a public one: the pages, the first hundred with the public view, all others.
    assert now() - began == pytest.approx(answers * network.latency)
    assert len(account.counted) == 1 + 1 + 11
