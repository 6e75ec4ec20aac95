"""Everything arrives, through Ocean's own mapping; and where Port refuses, the log says so."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from loguru import logger

from tests.account import Account, Page, Raw
from tests.odd_objects import TWEET, each_field_odd
from tests.port_resources.catalog import faults

from .catalog import Catalog, Json
from .conftest import Boot, mapping_of
from .webhooks import of_incident, tell, until

UPDATE = "statuspageIncidentUpdate"


class SmallRequests(Catalog):
    """A Port to which every bulk is too large: Ocean sends each entity alone."""

    def _handle_bulk_upsert(self, request: httpx.Request) -> Json:
        return {"status_code": 413, "json": {"ok": False, "error": "too large"}}

    def _handle_single_upsert(self, request: httpx.Request) -> Json:
        entity = json.loads(request.content)
        if found := faults(entity):
            self.refused[entity["identifier"]] = found[0]
            return {"status_code": 422, "json": {"ok": False, "message": found[0]}}
        self.entities[entity["blueprint"], entity["identifier"]] = entity
        return super()._handle_single_upsert(request)


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    """What the log says of refusals."""
    lines: list[str] = []
    sink = logger.add(
        lambda line: lines.append(line.record["message"]),
        level="WARNING",
        filter=lambda record: "Port refused entities" in record["message"],
    )
    yield lines
    logger.remove(sink)


def of_page(page: Page, kind: str) -> list[Raw]:
    """Return odd objects of a page."""
    return [raw | {"page_id": page.raw["id"]} for raw in each_field_odd(kind)]


def ids(objects: list[Raw]) -> set[str]:
    """Return the ids of raw objects."""
    return {raw["id"] for raw in objects}


def as_it_was() -> dict[str, Any]:
    """Return a mapping that a user stored before tweets came as numbers."""
    mapping = mapping_of()
    mapping["resources"][-1]["port"]["entity"]["mappings"]["properties"]["tweet_id"] = ".tweet_id"
    return mapping


def with_tweets(account: Account, count: int) -> Page:
    """Return a page on which so many updates were tweeted just now."""
    page = account.add_page(updated_at=datetime.now(UTC).isoformat())
    for _ in range(count):
        incident = account.add_incident(page, status="investigating")
        for update, tweet in zip(incident["incident_updates"], (TWEET, None), strict=True):
            update["tweet_id"] = tweet
    return page


async def test_odd_objects_arrive_each_and_every_one(
    boot: Boot, account: Account, warnings: list[str]
) -> None:
    page = account.add_page()
    page.groups += of_page(page, "component_group")
    page.components += [raw for raw in of_page(page, "component") if raw.get("group") is not True]
    page.incidents += of_page(page, "incident")
    told = account.add_incident(page)
    told["incident_updates"] = [
        raw | {"incident_id": told["id"]} for raw in of_page(page, "incident_update")
    ]
    catalog = Catalog(mapping_of())

    await (await boot(catalog=catalog)).resync()

    assert catalog.refused == {}
    assert warnings == []
    assert ids(page.incidents) <= catalog.ids("statuspageIncident")
    assert ids(page.components) <= catalog.ids("statuspageComponent")
    assert ids(page.groups) <= catalog.ids("statuspageComponentGroup")
    assert ids(told["incident_updates"]) <= catalog.ids(UPDATE)


async def test_a_tweet_arrives_with_all_its_digits(
    boot: Boot, account: Account, warnings: list[str]
) -> None:
    page = with_tweets(account, 1)
    catalog = Catalog(mapping_of())

    await (await boot(catalog=catalog)).resync()

    update = page.incidents[0]["incident_updates"][0]["id"]
    assert catalog.properties(UPDATE, update)["tweet_id"] == str(TWEET)
    assert warnings == []


async def test_a_resync_tells_in_one_line_what_port_refused(
    boot: Boot, account: Account, warnings: list[str]
) -> None:
    with_tweets(account, 3)
    catalog = Catalog(as_it_was())

    await (await boot(as_it_was(), catalog=catalog)).resync()

    [line] = warnings
    assert len(catalog.refused) == 3
    assert "resync: Port refused entities" in line
    assert f"3 of {UPDATE}, for example {next(iter(catalog.refused))}:" in line
    assert "is not of type 'string'" in line


async def test_what_port_takes_one_by_one_is_told_in_the_same_way(
    boot: Boot, account: Account, warnings: list[str]
) -> None:
    page = with_tweets(account, 2)
    catalog = SmallRequests(as_it_was())

    await (await boot(as_it_was(), catalog=catalog)).resync()

    [line] = warnings
    assert f"2 of {UPDATE}, for example {next(iter(catalog.refused))}:" in line
    assert "is not of type 'string'" in line
    assert ids(page.incidents) == catalog.ids("statuspageIncident")
    assert len(catalog.ids(UPDATE)) == 2


async def test_an_incremental_sync_tells_it_too(
    boot: Boot, account: Account, warnings: list[str]
) -> None:
    with_tweets(account, 2)
    catalog = Catalog(as_it_was())

    await (await boot(as_it_was(), catalog=catalog, incremental=True)).incremental()

    [line] = warnings
    assert "incremental sync: Port refused" in line
    assert f"2 of {UPDATE}" in line


async def test_a_live_event_tells_what_port_refused_of_it_alone(
    boot: Boot, account: Account, warnings: list[str]
) -> None:
    page = with_tweets(account, 2)
    catalog = Catalog(as_it_was())
    booted = await boot(as_it_was(), catalog=catalog, base_url="http://ocean.acme.test", once=False)
    await booted.resync()
    warnings.clear()
    incident = page.incidents[0]
    incident["status"] = "monitoring"

    await tell(of_incident(incident))
    await until(lambda: warnings != [])

    assert "A live event: Port refused entities" in warnings[0]
    assert f"1 of {UPDATE}, for example {incident['incident_updates'][0]['id']}:" in warnings[0]
