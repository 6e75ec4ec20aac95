"""A full resync through the real integration, with the shipped mapping."""

from collections import Counter
from typing import Any

import httpx
import pytest
from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.integration_testing import ResyncResult

from kinds import ObjectKind
from tests.account import Account, least_requests

from .catalog import Catalog
from .conftest import Boot, mapping_of

BLUEPRINTS = {
    "statuspage": "statuspage",
    "statuspageComponentGroup": "component_group",
    "statuspageComponent": "component",
    "statuspageIncident": "incident",
    "statuspageIncidentUpdate": "incident_update",
}


def kinds(entities: list[dict[str, Any]]) -> Counter[str]:
    """Count entities by the kind that they came from."""
    return Counter(BLUEPRINTS[entity["blueprint"]] for entity in entities)


def said(result: ResyncResult) -> str:
    """Return everything that the resync's errors say, nested ones included."""
    lines: list[str] = []

    def collect(error: BaseException) -> None:
        lines.append(str(error))
        for inner in getattr(error, "exceptions", ()):
            collect(inner)

    for error in result.errors:
        collect(error)
    return "\n".join(lines)


async def test_every_kind_arrives_whole_with_the_fewest_requests(
    boot: Boot, account: Account
) -> None:
    account.add_page(components=12, groups=2, incidents=130)

    result = await (await boot()).resync()

    assert result.errors == []
    assert kinds(result.upserted_entities) == {
        "statuspage": 1,
        "component_group": 2,
        "component": 12,
        "incident": 130,
        "incident_update": 260,
    }
    assert len(account.counted) == least_requests(account)


async def test_entities_are_related_to_each_other(boot: Boot, account: Account) -> None:
    page = account.add_page(components=2, groups=1, incidents=1)
    component = page.components[1]
    page.incidents[0]["components"] = [component]

    result = await (await boot()).resync()
    relations = {one["blueprint"]: one.get("relations") for one in result.upserted_entities}

    assert relations["statuspageComponentGroup"] == {"statuspage": page.raw["id"]}
    assert relations["statuspageIncident"] == {
        "statuspage": page.raw["id"],
        "components": [component["id"]],
    }
    assert relations["statuspageIncidentUpdate"] == {
        "incident": page.incidents[0]["id"],
        "statuspage": page.raw["id"],
        "affectedComponents": [],
    }


async def test_an_entity_that_is_gone_is_deleted(boot: Boot, account: Account) -> None:
    page = account.add_page(components=12)
    there = [*page.components, {"id": "goneForGood1"}]
    in_port = [{"identifier": one["id"], "blueprint": "statuspageComponent"} for one in there]

    result = await (await boot(mapping_of("component"), in_port=in_port)).resync()

    assert result.deleted_entities == [
        {"identifier": "goneForGood1", "blueprint": "statuspageComponent"}
    ]


async def test_nothing_is_deleted_when_page_2_of_a_list_fails(boot: Boot, account: Account) -> None:
    page = account.add_page(incidents=150)
    account.fail(r"/incidents\?page=2", lambda _: httpx.Response(200, text="<html>"))
    in_port = [
        {"identifier": one["id"], "blueprint": "statuspageIncident"} for one in page.incidents
    ]

    result = await (await boot(mapping_of("incident"), in_port=in_port)).resync()

    assert kinds(result.upserted_entities) == {"incident": 100}
    assert result.deleted_entities == []
    assert "it is not JSON" in said(result)


@pytest.mark.parametrize("path", ["components", "incidents"])
async def test_an_empty_list_of_what_port_holds_is_warned_about_and_asked_for_once_more(
    boot: Boot, account: Account, path: str
) -> None:
    page = account.add_page(components=12, incidents=12)
    lines: list[str] = []
    logger.add(lambda line: lines.append(str(line)), level="WARNING", format="{message}")
    # A first resync: nothing in this process tells that the list was longer.
    catalog = Catalog(mapping_of())
    await (await boot(catalog=catalog)).resync()
    before = set(catalog.entities)
    booted = await boot(catalog=catalog)
    account.fail(f"{page.raw['id']}/{path}", lambda _: httpx.Response(200, json=[]), times=1)

    await booted.resync()

    assert set(catalog.entities) == before
    assert catalog.deleted_entities == []
    [line] = [one for one in lines if "it is asked for once more" in one]
    assert page.raw["id"] in line


async def test_a_rejected_key_fails_every_kind_with_one_request_and_a_sentence(
    boot: Boot, account: Account
) -> None:
    account.add_page(components=1)

    result = await (await boot(statuspage_api_key="wrong-key")).resync()

    assert "check statuspageApiKey" in said(result)
    assert account.counted == ["/v1/pages"]
    assert result.deleted_entities == []
    assert "wrong-key" not in said(result)


@pytest.mark.parametrize("status", [403, 404])
async def test_one_page_that_cannot_be_read_costs_the_others_nothing_and_deletes_nothing(
    boot: Boot, account: Account, status: int
) -> None:
    good = account.add_page(components=3)
    bad = account.add_page(components=3)
    account.fail(f"/pages/{bad.raw['id']}/", status)
    in_port = [
        {"identifier": one["id"], "blueprint": "statuspageComponent"}
        for one in good.components + bad.components
    ]

    result = await (await boot(mapping_of("component"), in_port=in_port)).resync()

    assert {one["identifier"] for one in result.upserted_entities} == {
        one["id"] for one in good.components
    }
    assert result.deleted_entities == []
    assert f"[{bad.raw['id']}]" in said(result)


async def test_an_empty_account_is_a_result_and_costs_one_request(
    boot: Boot, account: Account
) -> None:
    result = await (await boot()).resync()

    assert result.errors == []
    assert result.upserted_entities == []
    assert account.counted == ["/v1/pages"]


async def test_only_the_chosen_pages_arrive(boot: Boot, account: Account) -> None:
    account.add_page(components=1)
    chosen = account.add_page(components=1)

    result = await (await boot(statuspage_ids=[chosen.raw["id"]])).resync()

    assert {one["identifier"] for one in result.upserted_entities} == {
        chosen.raw["id"],
        chosen.components[0]["id"],
    }


async def test_a_chosen_page_that_the_key_does_not_see_is_named(
    boot: Boot, account: Account
) -> None:
    page = account.add_page(components=1)

    result = await (await boot(statuspage_ids=[page.raw["id"], "unseenpage01"])).resync()

    assert page.raw["id"] in {one["identifier"] for one in result.upserted_entities}
    assert "The API key does not see the page unseenpage01: check statuspageIds" in said(result)


async def test_a_resync_never_blanks_the_status_of_a_page(boot: Boot, account: Account) -> None:
    account.add_page()
    private = account.add_page(components=2, viewers_must_be_team_members=True)
    private.components[0]["status"] = "major_outage"

    result = await (await boot(mapping_of("statuspage"))).resync()

    assert [
        (one["properties"]["status_indicator"], one["properties"]["status_description"])
        for one in result.upserted_entities
    ] == [("none", "All Systems Operational"), ("major", "Partial System Outage")]


async def test_a_second_resync_reads_anew(boot: Boot, account: Account) -> None:
    page = account.add_page(components=1)
    booted = await boot(mapping_of("component"))
    await booted.resync()
    page.components[0]["status"] = "partial_outage"

    result = await booted.resync()

    assert [one["properties"]["status"] for one in result.upserted_entities] == ["partial_outage"]


async def test_a_quota_that_another_tool_has_spent_delays_the_resync_and_loses_nothing(
    boot: Boot, account: Account
) -> None:
    account.add_page(incidents=150)
    spent = httpx.Response(420, headers={"retry-after": "0"}, json={"error": "enhance your calm"})
    account.fail(r"/incidents\?page=2", lambda _: spent, times=1)

    result = await (await boot(mapping_of("incident"))).resync()

    assert result.errors == []
    assert kinds(result.upserted_entities) == {"incident": 150}
    assert len(account.counted) == 1 + 2 + 1


async def test_every_kind_is_read_in_full_and_by_increments(boot: Boot) -> None:
    await boot(incremental=True)

    strategy = ocean.integration.event_strategy
    for kind in ObjectKind:
        assert len(strategy.resync[kind] + strategy.resync[None]) == 1
        assert len(strategy.incremental[kind]) == 1
