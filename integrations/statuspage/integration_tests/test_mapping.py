"""What Ocean makes of objects by its own processor, the integration makes of them by its own."""

import json
import statistics
from pathlib import Path
from typing import Any

import httpx
import pytest
from port_ocean.context.event import EventType, event_context
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.integration_testing.port_mock import PortMockResponder

from kinds import ObjectKind
from mapping.processor import OneProgramProcessor
from plain_ocean import SWITCH
from tests.account import Account
from tests.odd_objects import each_field_odd

from .conftest import Boot, mapping_of
from .program import OCEAN, Program, eventually

ENDLESS = "last(repeat(1))"
# What a user may write, and jq may not like.
ODD = {
    "fails": ".name | error",
    "nothing": "empty",
    "first of several": "1, 2",
    "single quotes": "'a text'",
    "no expression": ".[",
}
SEARCHED = {
    "searched": {
        "combinator": "'and'",
        "rules": [{"property": "'name'", "operator": "'='", "value": ".name"}],
    },
    "wrong": ".id.id",
}


async def block_of(kind: ObjectKind) -> ResourceConfig:
    config = await ocean.integration.port_app_config_handler.get_port_app_config()
    return next(block for block in config.resources if block.kind == kind)


def changed(kind: ObjectKind, block: dict[str, Any], **mappings: dict[str, Any]) -> dict[str, Any]:
    """Return the shipped mapping with more for one kind."""
    mapping = mapping_of()
    for one in mapping["resources"]:
        if one["kind"] == kind:
            one["port"] |= block
            present = one["port"]["entity"]["mappings"]
            for part, more in mappings.items():
                present[part] = present.get(part, {}) | more
    return mapping


@pytest.mark.parametrize("kind", ObjectKind)
async def test_with_the_same_results(boot: Boot, kind: ObjectKind) -> None:
    await boot(changed(kind, {}, properties=ODD, relations=SEARCHED))
    objects = [raw | {"name": "x"} for raw in each_field_odd(kind)]
    async with event_context(EventType.HTTP_REQUEST, trigger_type="machine"):
        block = await block_of(kind)
        ours, oceans = [
            await processor.parse_items(block, objects, parse_all=True)
            for processor in (ocean.integration.entity_processor, JQEntityProcessor(ocean))
        ]

    assert isinstance(ocean.integration.entity_processor, OneProgramProcessor)
    assert len(ours.entity_selector_diff.passed) > 0
    assert ours.entity_selector_diff == oceans.entity_selector_diff
    assert ours.misconfigured_entity_keys == oceans.misconfigured_entity_keys
    assert [str(error) for error in ours.errors] == [str(error) for error in oceans.errors]


@pytest.mark.parametrize("items", ["{}", '{"itemsToParse": ".incident_updates"}'])
def test_a_resync_brings_the_same_either_way(
    program: Program, account: Account, port: PortMockResponder, items: str
) -> None:
    account.add_page(components=5, groups=2, incidents=12)
    port.mapping_config = changed(ObjectKind.INCIDENT, json.loads(items), properties=ODD)
    brought = []

    for switch in ("false", "true"):
        port.upserted_entities.clear()
        ended = program.end(OCEAN, "sail", "--once", "--port", "0", **{SWITCH: switch})
        assert ended.returncode == 0, ended.stdout + ended.stderr
        brought.append(sorted(json.dumps(one, sort_keys=True) for one in port.upserted_entities))

    assert len(brought[0]) > 20
    assert brought[0] == brought[1]


async def test_an_expression_that_never_ends_costs_its_kind_alone_and_deletes_nothing(
    boot: Boot, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.add_page(components=12, incidents=12)
    old = [{"identifier": "old", "blueprint": "statuspageComponent"}]
    mapping = changed(ObjectKind.COMPONENT, {}, properties={"endless": ENDLESS})
    booted = await boot(mapping, in_port=old)
    monkeypatch.setattr(ocean.config, "process_in_queue_timeout", 1)

    result = await booted.resync()

    arrived = {one["blueprint"] for one in result.upserted_entities}
    assert "statuspageIncident" in arrived
    assert "statuspageComponent" not in arrived
    assert result.deleted_entities == []
    assert "not done with 12 objects after 1 s" in repr(result.errors)


def test_health_is_answered_while_an_expression_never_ends(
    program: Program, account: Account, port: PortMockResponder, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    account.add_page(incidents=12)
    port.mapping_config = changed(ObjectKind.INCIDENT, {}, properties={"endless": ENDLESS})

    with (
        program.sailing(log, OCEAN__PROCESS_IN_QUEUE_TIMEOUT="60") as ocean,
        httpx.Client(base_url=ocean.address()) as client,
    ):
        assert eventually(lambda: "Parsing 12 raw results" in log.read_text())
        answers = [client.get("/health/live") for _ in range(50)]

    assert all(answer.is_success for answer in answers)
    assert statistics.median(answer.elapsed.total_seconds() for answer in answers) < 0.1
