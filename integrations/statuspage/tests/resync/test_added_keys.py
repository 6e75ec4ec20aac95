"""What is added to the raw objects, all of it under keys that begin with `__`."""

import httpx
import pytest

from resync.errors import ResyncIncomplete
from resync.streams import Groups, Pages
from tests.account import Account, Fault, Raw

from .reading import STREAMS, by_id, held, items_of, kinds, raw, read, snapshot_of

SHOWN = {"indicator": "none", "description": "All Systems Operational"}
DERIVED = {"indicator": "critical", "description": "Major System Outage"}


def _json(content: object) -> Fault:
    return lambda _: httpx.Response(200, json=content)


def _raises(error: Exception) -> Fault:
    def fault(_: httpx.Request) -> httpx.Response:
        raise error

    return fault


USELESS: dict[str, Fault | int] = {
    "401": 401,
    "404": 404,
    "429": 429,
    "500": 500,
    "redirect": lambda _: httpx.Response(302, headers={"location": "https://example.com/login"}),
    "no connection": _raises(httpx.ConnectError("refused")),
    "too slow": _raises(httpx.ReadTimeout("late")),
    "cut short": _raises(httpx.RemoteProtocolError("gone")),
    "html": lambda _: httpx.Response(200, content=b"<html>"),
    "nothing": lambda _: httpx.Response(200),
    "null": _json(None),
    "list": _json([]),
    "text": _json("operational"),
    "no status": _json({"page": {}}),
    "status is a text": _json({"status": "none"}),
    "unknown indicator": _json({"status": {"indicator": "purple", "description": "Odd"}}),
    "no description": _json({"status": {"indicator": "none"}}),
    "indicator is a list": _json({"status": {"indicator": [], "description": "Odd"}}),
}


async def test_a_public_page_has_the_status_that_it_shows_outside_the_quota(
    account: Account,
) -> None:
    page = account.add_page()
    page.public.shows = SHOWN
    account.add_component(page, status="major_outage")

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Pages())

    assert items == [{**page.raw, "__status": SHOWN}]
    assert account.counted == ["/v1/pages"]
    assert account.public == [page.raw["id"]]


@pytest.mark.parametrize(
    "private", [{"viewers_must_be_team_members": True}, {"ip_restrictions": "192.0.2.0/24"}]
)
async def test_a_private_page_has_the_status_of_its_components(
    account: Account, private: Raw
) -> None:
    page = account.add_page(**private)
    account.add_component(page, status="major_outage")

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Pages())

    assert items == [{**page.raw, "__status": DERIVED}]
    assert account.public == []


@pytest.mark.parametrize("answer", USELESS)
async def test_the_components_tell_when_the_public_api_is_of_no_use(
    account: Account, answer: str
) -> None:
    page = account.add_page()
    account.add_component(page, status="major_outage")
    account.fail(r"status\.json", USELESS[answer])

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Pages())

    assert items == [{**page.raw, "__status": DERIVED}]
    assert account.public == [page.raw["id"]]


async def test_a_status_from_the_components_costs_nothing_when_components_are_mapped(
    account: Account,
) -> None:
    account.add_page(components=130, viewers_must_be_team_members=True)

    async with snapshot_of(account) as snapshot:
        result = await read(snapshot, kinds("statuspage", "component"))

    assert len(account.counted) == 1 + 2
    assert [page["__status"] for page in result["statuspage"][0]] == [SHOWN]


async def test_a_private_page_without_components_still_has_a_status(account: Account) -> None:
    account.add_page(viewers_must_be_team_members=True)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Pages())

    assert items[0]["__status"] == SHOWN


async def test_a_page_whose_status_nothing_tells_fails_its_kind(account: Account) -> None:
    page_id = account.add_page(viewers_must_be_team_members=True).raw["id"]
    account.fail("/components", 403)

    async with snapshot_of(account) as snapshot:
        with pytest.raises(ResyncIncomplete, match=page_id):
            await items_of(snapshot, Pages())


async def test_pages_without_the_current_status_cost_nothing_and_stay_as_they_came(
    account: Account,
) -> None:
    open_page, private = account.add_page(), account.add_page(ip_restrictions="192.0.2.0/24")

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Pages(current_status=False))

    assert by_id(items) == by_id([open_page.raw, private.raw])
    assert account.counted == ["/v1/pages"]
    assert account.public == []


async def test_a_group_has_the_status_of_its_row_among_the_components(account: Account) -> None:
    page = account.add_page(components=140)
    statuses = ["operational", "degraded_performance", "major_outage"]
    groups = [account.add_group(page, status) for status in statuses]

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Groups())

    assert items == [
        {**group, "__status": status} for group, status in zip(groups, statuses, strict=True)
    ]


async def test_a_group_without_a_row_has_an_empty_status(account: Account) -> None:
    page = account.add_page(groups=1)
    page.components.clear()

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Groups())

    assert items == [{**page.groups[0], "__status": None}]


async def test_groups_without_the_current_status_need_no_components_and_stay_as_they_came(
    account: Account,
) -> None:
    page = account.add_page(groups=3)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Groups(current_status=False))

    assert items == page.groups
    assert len(account.counted) == 2
    assert not [path for path in account.counted if "/components" in path]


async def test_an_update_is_told_its_incident_s_name_page_and_impact(account: Account) -> None:
    page = account.add_page()
    incident = account.add_incident(page, name="Slow labels", impact="major")

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, STREAMS["incident_update"])

    told = {"name": "Slow labels", "page_id": page.raw["id"], "impact": "major"}
    assert items == [{**update, "__incident": told} for update in incident["incident_updates"]]


@pytest.mark.parametrize("updates", [None, []])
async def test_an_incident_without_updates_has_none(
    account: Account, updates: list[Raw] | None
) -> None:
    account.add_incident(account.add_page(), incident_updates=updates)

    async with snapshot_of(account) as snapshot:
        assert await items_of(snapshot, STREAMS["incident_update"]) == []


async def test_nothing_else_is_changed(account: Account) -> None:
    page = account.add_page(components=7, groups=2, incidents=3)
    account.add_incident(page, name="Ünïcode — 漢字 \u2028 \U0001f525", metadata={"a": [1.5, None]})
    expected = {kind: by_id(held(account, kind)) for kind in STREAMS}

    async with snapshot_of(account) as snapshot:
        result = await read(snapshot, kinds())

    for kind, batches in result.items():
        items = by_id(item for batch in batches for item in batch)
        assert [raw(item) for item in items] == expected[kind]


async def test_two_kinds_that_read_the_same_list_do_not_see_what_the_other_adds(
    account: Account,
) -> None:
    page = account.add_page(groups=2, incidents=2)

    async with snapshot_of(account) as snapshot:
        async for batch in snapshot.list(
            page.raw["id"], STREAMS["incident"].collections[0]
        ).batches():
            for incident in batch.content:
                incident["__scribble"] = True
        items = await items_of(snapshot, STREAMS["incident"])

    assert items == page.incidents
