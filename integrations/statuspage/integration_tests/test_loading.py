"""Loads side by side leave what Ocean's own loading leaves."""

import asyncio
import json
from itertools import groupby
from typing import Any, override

import httpx
import pytest
from port_ocean.context.ocean import ocean

from plain_ocean import SWITCH
from tests.account import Account
from tests.port_resources.shipped import blueprints

from .catalog import Catalog
from .conftest import Boot, mapping_of

# Of every kind more than are searched for at once, and incidents for several batches.
COMPONENTS, GROUPS, INCIDENTS = 60, 11, 280


def grow(account: Account) -> None:
    account.add_page(components=COMPONENTS, groups=GROUPS, incidents=INCIDENTS)


class Recorder(Catalog):
    """A catalog that counts what is written."""

    def __init__(self, mapping: dict[str, Any]) -> None:
        super().__init__(mapping)
        self.written = 0
        self.written_to: list[str] = []
        self.is_written = asyncio.Event()
        self.deleted: list[str] = []

    @override
    def _handle_bulk_upsert(self, request: httpx.Request) -> dict[str, Any]:
        self.written += len(json.loads(request.content)["entities"])
        self.is_written.set()
        self.written_to.append(request.url.path.split("/")[3])
        return super()._handle_bulk_upsert(request)

    def order(self) -> list[str]:
        """Return the blueprints that were written, one after the other."""
        return [blueprint for blueprint, _ in groupby(self.written_to)]

    @override
    def _delete(
        self, request: httpx.Request, blueprint: str, identifiers: list[str]
    ) -> dict[str, Any]:
        self.deleted += identifiers
        return super()._delete(request, blueprint, identifiers)


class Strict(Recorder):
    """A catalog that notes what is not there when something comes that relates to it."""

    def __init__(self, mapping: dict[str, Any]) -> None:
        super().__init__(mapping)
        self.blueprints = blueprints()
        self.missed: set[str] = set()

    @override
    def _handle_bulk_upsert(self, request: httpx.Request) -> dict[str, Any]:
        there = {identifier for _, identifier in self.entities}
        for entity in json.loads(request.content)["entities"]:
            for target in entity["relations"].values():
                named = target if isinstance(target, list) else [target]
                self.missed |= {one for one in named if one is not None} - there
        return super()._handle_bulk_upsert(request)


class Silent(Recorder):
    """A catalog that takes entities, and does not tell what it holds."""

    @override
    def _handle_search_entities(self, request: httpx.Request) -> dict[str, Any]:
        return {"status_code": 400, "json": {"ok": False, "error": "bad_query"}}


async def test_the_catalog_is_the_same_as_with_oceans_own_loading(
    boot: Boot, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(account)
    ours = Recorder(mapping_of())
    assert (await (await boot(catalog=ours)).resync()).errors == []

    monkeypatch.setenv(SWITCH, "true")
    theirs = Recorder(mapping_of())
    assert (await (await boot(catalog=theirs)).resync()).errors == []

    assert ours.entities == theirs.entities
    assert ours.written == theirs.written == len(ours.entities)


async def test_what_has_not_changed_is_not_written_again(boot: Boot, account: Account) -> None:
    grow(account)
    catalog = Recorder(mapping_of())
    booted = await boot(catalog=catalog)
    await booted.resync()
    written = catalog.written

    assert (await booted.resync()).errors == []

    # The one page is written without asking, as Ocean writes up to ten.
    assert catalog.written == written + 1


async def test_where_port_does_not_tell_what_it_holds_everything_is_written(
    boot: Boot, account: Account
) -> None:
    grow(account)
    catalog = Silent(mapping_of())

    assert (await (await boot(catalog=catalog)).resync()).errors == []

    assert len(catalog.entities) == catalog.written
    assert catalog.deleted == []


async def test_an_entity_is_written_behind_what_it_relates_to_and_waits_for_nothing_else(
    boot: Boot, account: Account
) -> None:
    grow(account)
    mapping = mapping_of("statuspage", "incident", "incident_update")
    # Some milliseconds for each: its updates would be there first.
    title = "last(range(20000)) as $slow | .name"
    mapping["resources"][1]["port"]["entity"]["mappings"]["title"] = title
    catalog = Strict(mapping)

    await (await boot(mapping, catalog=catalog)).resync()

    there = {identifier for _, identifier in catalog.entities}
    assert catalog.missed & there == set()
    # The first updates come while incidents are still to come.
    assert len(catalog.order()) > len({*catalog.order()})


async def test_a_newer_resync_ends_all_kinds_of_the_one_that_runs(
    boot: Boot, account: Account
) -> None:
    grow(account)
    catalog = Recorder(mapping_of())
    booted = await boot(catalog=catalog)
    before = asyncio.all_tasks()
    running = asyncio.create_task(ocean.integration.sync_raw_all())
    await catalog.is_written.wait()

    assert (await booted.resync()).errors == []

    with pytest.raises(asyncio.CancelledError):
        await running
    assert catalog.deleted == []
    whole = Recorder(mapping_of())
    assert (await (await boot(catalog=whole)).resync()).errors == []
    assert catalog.entities == whole.entities
    assert asyncio.all_tasks() == before
