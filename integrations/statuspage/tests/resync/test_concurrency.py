"""Pages are fetched at the same time, and while Ocean loads; batches suit Ocean."""

import asyncio

import httpx
import pytest

from resync.everywhere import everywhere
from resync.merging import LEAST, MOST
from tests.account import Account
from tests.network import LATENCY, Network
from tests.virtual_time import now

from .reading import STREAMS, by_id, kind_of, kinds, raw, read, snapshot_of

# What the tests allow on top for the steps between two requests.
A_LITTLE = LATENCY / 2


class OneSlowPage(Network):
    """A network on which one page's answers take very long."""

    def __init__(self, account: Account, slow: str) -> None:
        super().__init__(account)
        self.slow = slow

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.slow in str(request.url):
            await asyncio.sleep(20)
        return await super().__call__(request)


async def test_everything_is_fetched_while_the_first_batch_is_loaded(account: Account) -> None:
    for _ in range(3):
        account.add_page(components=120, groups=5, incidents=450)
    every_list = sum(1 + 2 + 5 for _ in range(3))

    async with snapshot_of(Network(account)) as snapshot:
        snapshot.fetch_ahead(
            collection for stream in STREAMS.values() for collection in stream.collections
        )
        batches = everywhere(snapshot, STREAMS["incident"])
        await anext(batches)
        await asyncio.sleep(5)
        fetched = len(account.counted)
        rest = [item async for batch in batches for item in batch]

    assert fetched == 1 + every_list == len(account.counted)
    assert len(rest) >= 3 * 450 - MOST


async def test_the_longest_list_sets_the_time_and_not_the_sum(account: Account) -> None:
    account.add_page(components=540, groups=69, incidents=1000)
    longest = 1000 // 100 + 1

    async with snapshot_of(Network(account)) as snapshot:
        started = now()
        await read(snapshot, kinds())
        took = now() - started

    assert took == pytest.approx((1 + longest) * LATENCY, abs=A_LITTLE)


async def test_ten_pages_take_no_longer_than_one(account: Account) -> None:
    for _ in range(10):
        account.add_page(components=30, groups=4, incidents=150)

    async with snapshot_of(Network(account)) as snapshot:
        started = now()
        await read(snapshot, kinds())
        took = now() - started

    assert took == pytest.approx((1 + 2) * LATENCY, abs=A_LITTLE)


async def test_loading_hides_the_time_that_fetching_takes(account: Account) -> None:
    account.add_page(components=100, groups=10, incidents=1000)
    loading = 0.5

    async with snapshot_of(Network(account)) as snapshot:
        started = now()
        result = await read(snapshot, kinds(), loading=loading)
        took = now() - started

    loads = sum(len(batches) for batches in result.values()) * loading
    # The pages, then the first kind's public status: only these two come before any loading.
    assert took == pytest.approx(loads + 2 * LATENCY, abs=A_LITTLE)


async def test_a_kind_that_is_read_alone_overlaps_with_its_own_loading(account: Account) -> None:
    account.add_page(incidents=900)

    async with snapshot_of(Network(account)) as snapshot:
        started = now()
        result = await read(snapshot, kinds("incident"), loading=2 * LATENCY)
        took = now() - started

    # The list of pages and the first batch are waited for; all later ones come during loading.
    assert took == pytest.approx(2 * LATENCY + len(result["incident"]) * 2 * LATENCY, abs=A_LITTLE)


@pytest.mark.parametrize(
    "sizes", [[50], [250], [99, 99, 99], [1000], [3] * 60, [49, 100, 30], [430, 7, 100, 55]]
)
@pytest.mark.parametrize("kind", ["incident", "incident_update"])
async def test_every_batch_but_the_last_suits_ocean(
    account: Account, sizes: list[int], kind: str
) -> None:
    for incidents in sizes:
        account.add_page(incidents=incidents)

    async with snapshot_of(Network(account)) as snapshot:
        result = await read(snapshot, kinds(kind))

    *full, last = [len(batch) for batch in result[kind]]
    assert all(LEAST <= count <= MOST for count in full)
    assert 1 <= last <= MOST


async def test_small_pages_share_a_batch(account: Account) -> None:
    for _ in range(20):
        account.add_page(groups=4)

    async with snapshot_of(Network(account)) as snapshot:
        result = await read(snapshot, kinds("component_group"))

    assert [len(batch) for batch in result["component_group"]] == [80]


async def test_one_slow_page_does_not_hold_up_the_others(account: Account) -> None:
    slow = account.add_page(incidents=5)
    quick = account.add_page(incidents=130)

    async with snapshot_of(OneSlowPage(account, slow.raw["id"])) as snapshot:
        started = now()
        batches = kind_of(snapshot, STREAMS["incident"])
        first = await anext(batches)
        took = now() - started
        rest = [item async for batch in batches for item in batch]

    assert took < 1
    assert {item["page_id"] for item in first} == {quick.raw["id"]}
    assert by_id(map(raw, first + rest)) == by_id(slow.incidents + quick.incidents)
