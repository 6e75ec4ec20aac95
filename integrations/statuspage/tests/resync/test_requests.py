"""A full resync sends the least requests that can bring everything, and brings it once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage import QUOTA
from tests.account import Account
from tests.account import least_requests as least_for_all
from tests.network import Network
from tests.virtual_time import run

from .reading import (
    STREAMS,
    arrived,
    by_id,
    held,
    kinds,
    least_requests,
    read,
    snapshot_of,
)

# Components, groups and incidents of each page, and the requests that all kinds take.
ACCOUNTS = {
    "small": ([(12, 0, 50)], 1 + 1 + 1 + 1),
    "middle": ([(75, 6, 300)], 1 + 1 + 1 + 4),
    "large": ([(540, 69, 1000)], 1 + 1 + 7 + 11),
    "largest": ([(1000, 100, 3000)], 1 + 2 + 12 + 31),
    "fleet": ([(30, 4, 120)] * 20, 1 + 20 * (1 + 1 + 2)),
}
SUBSETS = [
    ("statuspage", "component_group", "component", "incident", "incident_update"),
    ("component", "component_group"),
    ("incident_update", "statuspage"),
    ("incident_update", "component", "incident"),
]


def _account(sizes: list[tuple[int, int, int]]) -> Account:
    account = Account()
    for components, groups, incidents in sizes:
        account.add_page(components=components, groups=groups, incidents=incidents)
    return account


@pytest.mark.parametrize("size", ACCOUNTS)
@pytest.mark.parametrize("names", SUBSETS, ids="+".join)
async def test_the_kinds_take_the_least_requests_and_arrive_once(
    size: str, names: tuple[str, ...]
) -> None:
    account = _account(ACCOUNTS[size][0])

    async with snapshot_of(Network(account)) as snapshot:
        result = await read(snapshot, kinds(*names))

    assert len(account.counted) == least_requests(account, names)
    for name in names:
        assert arrived(result, name) == by_id(held(account, name))


@pytest.mark.parametrize("size", ACCOUNTS)
async def test_all_kinds_together_take_as_many_requests_as_the_formula_says(size: str) -> None:
    sizes, expected = ACCOUNTS[size]
    account = _account(sizes)

    async with snapshot_of(Network(account)) as snapshot:
        await read(snapshot, kinds())

    assert len(account.counted) == expected
    assert least_for_all(account) == expected


async def test_no_request_is_sent_twice() -> None:
    account = _account(ACCOUNTS["fleet"][0])

    async with snapshot_of(Network(account)) as snapshot:
        await read(snapshot, kinds())

    assert len(set(account.counted)) == len(account.counted)


async def test_a_fleet_that_needs_more_than_the_quota_keeps_to_it_in_every_minute() -> None:
    account = _account(ACCOUNTS["fleet"][0])
    network = Network(account)

    async with snapshot_of(network) as snapshot:
        await read(snapshot, kinds())

    assert len(account.counted) > QUOTA
    assert network.busiest_minute == QUOTA


async def test_reading_a_kind_a_second_time_costs_nothing(account: Account) -> None:
    account.add_page(incidents=230)

    async with snapshot_of(account) as snapshot:
        first = await read(snapshot, kinds("incident"))
        sent = len(account.counted)
        second = await read(snapshot, kinds("incident"))

    assert len(account.counted) == sent
    assert arrived(second, "incident") == arrived(first, "incident")


async def test_an_account_without_pages_takes_one_request_and_brings_nothing(
    account: Account,
) -> None:
    async with snapshot_of(account) as snapshot:
        result = await read(snapshot, kinds())

    assert result == {kind: [] for kind in STREAMS}
    assert account.counted == ["/v1/pages"]


async def test_only_the_chosen_pages_are_read(account: Account) -> None:
    chosen = account.add_page(incidents=3)
    account.add_page(incidents=3)

    async with snapshot_of(account, [chosen.raw["id"]]) as snapshot:
        result = await read(snapshot, kinds("incident"))

    assert arrived(result, "incident") == by_id(chosen.incidents)
    assert len(account.counted) == 2


async def test_what_no_kind_reads_is_not_fetched(account: Account) -> None:
    account.add_page(components=5, groups=1, incidents=5)

    async with snapshot_of(account) as snapshot:
        await read(snapshot, kinds("component"))

    assert not [address for address in account.counted if "incident" in address]
    assert not [address for address in account.counted if "groups" in address]


# Where a list ends exactly with a full page of results, one more request has to tell so.
SIZE = st.integers(0, 205) | st.sampled_from([99, 100, 101, 200])
PAGE = st.fixed_dictionaries(
    {
        "components": SIZE,
        "groups": st.integers(0, 102),
        "incidents": SIZE,
        "viewers_must_be_team_members": st.booleans(),
    }
)


@settings(max_examples=60)
@given(
    pages=st.lists(PAGE, max_size=4),
    names=st.lists(st.sampled_from(list(STREAMS)), unique=True, min_size=1),
)
def test_any_kinds_in_any_order_of_any_account_take_the_least(
    pages: list[dict[str, int]], names: list[str]
) -> None:
    async def check() -> None:
        account = Account()
        for page in pages:
            account.add_page(**page)
        async with snapshot_of(account) as snapshot:
            result = await read(snapshot, kinds(*names))
        assert len(account.counted) == least_requests(account, names)
        for name in names:
            assert arrived(result, name) == by_id(held(account, name))

    run(check())
