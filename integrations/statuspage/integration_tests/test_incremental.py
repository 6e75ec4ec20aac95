"""An incremental sync through the real integration, with the shipped mapping."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.account import Account, Page

from .conftest import Boot, Booted, mapping_of

NOW = datetime.now(UTC)
JUST_NOW = (NOW - timedelta(minutes=1)).isoformat()
MONTHS_AGO = (NOW - timedelta(days=200)).isoformat()


def believed(*incidents: dict[str, Any]) -> list[dict[str, Any]]:
    """Return open incidents as Port's search does."""
    return [
        {
            "identifier": one["id"],
            "blueprint": "statuspageIncident",
            "properties": {},
            "relations": {"statuspage": one["page_id"]},
        }
        for one in incidents
    ]


def statuses(entities: list[dict[str, Any]]) -> dict[str, str]:
    """Return the status of each upserted incident."""
    return {
        one["identifier"]: one["properties"]["status"]
        for one in entities
        if one["blueprint"] == "statuspageIncident"
    }


def cursors(booted: Booted) -> list[str]:
    """Return the writes to Port's cursors."""
    return [
        call.request.method
        for call in booted.harness.port_mock.transport.calls
        if call.request.url.path.endswith("/cursor") and call.request.method != "GET"
    ]


def with_history(account: Account) -> Page:
    """Return a page with more old incidents than one list page holds."""
    page = account.add_page(updated_at=JUST_NOW)
    for age in range(350, 200, -1):
        day = (NOW - timedelta(days=age)).isoformat()
        account.add_incident(page, created_at=day, updated_at=day)
    return page


async def test_an_incident_of_months_ago_that_was_resolved_now_is_found(
    boot: Boot, account: Account
) -> None:
    page = with_history(account)
    old = page.incidents[-1] | {"updated_at": JUST_NOW}
    page.incidents[-1] = old
    booted = await boot(mapping_of("incident"), incremental=True, in_port=believed(old))

    assert statuses(await booted.incremental()) == {old["id"]: "resolved"}


async def test_an_incident_that_was_deleted_is_taken_out_of_port(
    boot: Boot, account: Account
) -> None:
    page = with_history(account)
    deleted = {"id": "deletedinc01", "page_id": page.raw["id"]}
    booted = await boot(mapping_of("incident"), incremental=True, in_port=believed(deleted))

    assert await booted.incremental() == []
    assert booted.harness.port_mock.deleted_entities == [
        {"identifier": "deletedinc01", "blueprint": "statuspageIncident"}
    ]


async def test_open_and_new_incidents_are_found_and_history_is_left_alone(
    boot: Boot, account: Account
) -> None:
    page = with_history(account)
    still_open = account.add_incident(page, status="monitoring", created_at=MONTHS_AGO)
    new = account.add_incident(page, created_at=JUST_NOW, updated_at=JUST_NOW)
    booted = await boot(mapping_of("incident"), incremental=True)

    assert statuses(await booted.incremental()) == {
        still_open["id"]: "monitoring",
        new["id"]: "resolved",
    }


async def test_incidents_and_their_updates_share_the_same_requests(
    boot: Boot, account: Account
) -> None:
    page = with_history(account)
    account.add_incident(page, created_at=JUST_NOW, updated_at=JUST_NOW)
    booted = await boot(mapping_of("incident", "incident_update"), incremental=True)

    entities = await booted.incremental()

    assert [one["blueprint"] for one in entities] == [
        "statuspageIncident",
        "statuspageIncidentUpdate",
        "statuspageIncidentUpdate",
    ]
    changed = f"/v1/pages/{page.raw['id']}/incidents/{page.incidents[0]['id']}"
    assert account.counted == ["/v1/pages", changed]


async def test_components_come_from_the_public_view(boot: Boot, account: Account) -> None:
    account.add_page(components=3, groups=1, updated_at=JUST_NOW)
    kinds = ("statuspage", "component_group", "component")
    booted = await boot(mapping_of(*kinds), incremental=True)

    entities = await booted.incremental()

    assert len(entities) == 1 + 1 + 3
    assert account.counted == ["/v1/pages"]


def at_rest(account: Account) -> list[Page]:
    """Return pages with an incident that is open all the time."""
    pages = [account.add_page(components=3, groups=1, updated_at=MONTHS_AGO) for _ in range(5)]
    for page in pages:
        account.add_incident(page, status="monitoring", created_at=MONTHS_AGO)
    return pages


def held(*pages: Page) -> list[dict[str, Any]]:
    """Return pages as Port's search does."""
    return [
        {
            "identifier": page.raw["id"],
            "blueprint": "statuspage",
            "properties": {},
            "relations": {},
        }
        for page in pages
    ]


async def test_where_all_pages_that_port_holds_rest_nothing_is_asked(
    boot: Boot, account: Account
) -> None:
    pages = at_rest(account)
    open_ones = [page.incidents[0] for page in pages]
    booted = await boot(incremental=True, in_port=[*held(*pages), *believed(*open_ones)])

    assert await booted.incremental() == []
    assert account.counted == []
    assert sorted(account.public) == sorted(page.raw["id"] for page in pages)
    assert booted.harness.port_mock.deleted_entities == []
    assert len(cursors(booted)) == 5


async def test_where_all_pages_that_the_settings_name_rest_nothing_is_asked(
    boot: Boot, account: Account
) -> None:
    ids = [page.raw["id"] for page in at_rest(account)]
    booted = await boot(incremental=True, statuspage_ids=ids)

    assert await booted.incremental() == []
    assert account.counted == []


async def test_where_nobody_tells_which_pages_there_are_only_their_list_is_read(
    boot: Boot, account: Account
) -> None:
    at_rest(account)
    booted = await boot(incremental=True)

    assert await booted.incremental() == []
    assert account.counted == ["/v1/pages"]


async def test_of_many_pages_only_those_that_changed_are_read(boot: Boot, account: Account) -> None:
    pages = at_rest(account)
    pages[2].raw["updated_at"] = JUST_NOW
    booted = await boot(incremental=True, in_port=held(*pages))

    entities = await booted.incremental()

    assert {one["identifier"] for one in entities if one["blueprint"] == "statuspage"} == {
        pages[2].raw["id"]
    }
    # Port does not hold its incident for open.
    assert len(account.counted) == 2


async def test_a_failed_page_leaves_the_cursor_where_it_is(boot: Boot, account: Account) -> None:
    page = account.add_page(incidents=1, updated_at=JUST_NOW)
    account.fail("/incidents", 403)
    booted = await boot(
        mapping_of("incident"), incremental=True, in_port=believed(page.incidents[0])
    )

    await booted.incremental()

    assert cursors(booted) == []
    assert booted.harness.port_mock.deleted_entities == []


async def test_a_sync_that_succeeds_moves_the_cursor(boot: Boot, account: Account) -> None:
    account.add_page(incidents=1, updated_at=JUST_NOW)
    booted = await boot(mapping_of("incident"), incremental=True)

    await booted.incremental()

    assert cursors(booted) == ["PUT"]
