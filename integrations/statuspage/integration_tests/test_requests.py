"""What a full resync costs, through the handlers that Ocean calls."""

import asyncio
from collections import Counter

import pytest

from tests.account import Account, Page, least_requests

from .conftest import Boot, mapping_of

# A quota that none of these resyncs fills: they would wait for real minutes otherwise.
PLENTY = 100_000

KINDS = ("statuspage", "component_group", "component", "incident", "incident_update")


def least(page: Page, *kinds: str) -> int:
    """Return the requests that a page takes at least when these kinds are mapped."""
    groups = "component_group" in kinds
    lists = [
        page.groups if groups else None,
        page.components if groups or "component" in kinds else None,
        page.incidents if {"incident", "incident_update"} & set(kinds) else None,
    ]
    return sum(len(items) // 100 + 1 for items in lists if items is not None)


@pytest.mark.parametrize(
    "kinds",
    [
        KINDS,
        ("incident_update", "incident"),
        ("statuspage", "component_group"),
        ("incident_update", "component"),
    ],
    ids="+".join,
)
@pytest.mark.parametrize(
    "size",
    [(1, 12, 0, 50), (1, 75, 6, 300), (1, 540, 69, 1000), (1, 1000, 100, 3000), (20, 30, 4, 120)],
    ids=lambda size: "{}x{}/{}/{}".format(*size),
)
async def test_a_full_resync_takes_the_fewest_requests(
    boot: Boot, account: Account, size: tuple[int, int, int, int], kinds: tuple[str, ...]
) -> None:
    pages, components, groups, incidents = size
    for _ in range(pages):
        account.add_page(components=components, groups=groups, incidents=incidents)
    booted = await boot(mapping_of(*kinds), requests_per_minute=PLENTY)
    sizes = {
        "statuspage": pages,
        "component_group": pages * groups,
        "component": pages * (components + groups),
        "incident": pages * incidents,
        "incident_update": pages * incidents * 2,
    }

    arrived: Counter[str] = Counter()
    async for kind, batch in booted.batches():
        arrived[kind] += len(batch)

    assert arrived == {kind: sizes[kind] for kind in kinds if sizes[kind]}
    assert len(account.counted) == 1 + sum(least(page, *kinds) for page in account.pages.values())


async def test_everything_is_fetched_while_ocean_still_loads_the_first_batch(
    boot: Boot, account: Account
) -> None:
    account.add_page(components=12, groups=2, incidents=250)
    booted = await boot(requests_per_minute=PLENTY)
    batches = booted.batches()
    await anext(batches)

    # What Ocean does with a batch takes many turns of the event loop.
    for _ in range(1000):
        await asyncio.sleep(0)

    assert len(account.counted) == least_requests(account)
    assert [kind async for kind, _ in batches][-1] == "incident_update"


async def test_batches_suit_ocean(boot: Boot, account: Account) -> None:
    for _ in range(7):
        account.add_page(components=30, incidents=130)
    booted = await boot(mapping_of("component", "incident_update"), requests_per_minute=PLENTY)

    sizes: dict[str, list[int]] = {"component": [], "incident_update": []}
    async for kind, batch in booted.batches():
        sizes[kind].append(len(batch))

    assert all(100 <= size <= 250 for kind in sizes for size in sizes[kind][:-1])
    assert sum(sizes["component"]) == 210
    assert sum(sizes["incident_update"]) == 1820


async def test_updates_are_read_with_the_incidents_of_the_same_scopes(
    boot: Boot, account: Account
) -> None:
    page = account.add_page(incidents=10)
    account.add_incident(page, status="investigating")
    mapping = mapping_of("incident", "incident_update")
    for block in mapping["resources"]:
        block["selector"] = {"query": "true", "scopes": ["unresolved"]}

    arrived = [kind async for kind, _ in (await boot(mapping)).batches()]

    assert arrived == ["incident", "incident_update"]
    assert account.counted == [
        "/v1/pages",
        f"/v1/pages/{page.raw['id']}/incidents/unresolved?page=1&per_page=100",
    ]
