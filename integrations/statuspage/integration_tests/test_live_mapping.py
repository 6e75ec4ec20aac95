"""The few objects of a live event are mapped as Ocean maps many."""

import multiprocessing
from typing import Any

import pytest
from port_ocean.context.event import EventType, event_context
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor
from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from kinds import ObjectKind
from publishing.mapping import FEW, LiveEntityProcessor, MappingFailed
from tests.odd_objects import each_field_odd

from .conftest import Boot, mapping_of

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


def extended(
    kind: ObjectKind, properties: dict[str, Any], relations: dict[str, Any] | None = None
) -> dict[str, Any]:
    mapping = mapping_of()
    for block in mapping["resources"]:
        if block["kind"] == kind:
            mappings = block["port"]["entity"]["mappings"]
            mappings["properties"] |= properties
            mappings["relations"] = mappings.get("relations", {}) | (relations or {})
    return mapping


@pytest.mark.parametrize("kind", ObjectKind)
async def test_with_the_same_results(boot: Boot, kind: ObjectKind) -> None:
    await boot(extended(kind, ODD, SEARCHED))
    objects = [raw | {"name": "x"} for raw in each_field_odd(kind)][:FEW]
    async with event_context(EventType.HTTP_REQUEST, trigger_type="machine"):
        block = await block_of(kind)
        ours, oceans = [
            await processor(ocean).parse_items(block, objects, parse_all=True)
            for processor in (LiveEntityProcessor, JQEntityProcessor)
        ]

    assert len(ours.entity_selector_diff.passed) > 0
    assert ours.entity_selector_diff == oceans.entity_selector_diff
    assert ours.misconfigured_entity_keys == oceans.misconfigured_entity_keys
    assert [str(error) for error in ours.errors] == [str(error) for error in oceans.errors]


async def test_an_expression_that_never_ends_is_ended(
    boot: Boot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await boot(extended(ObjectKind.INCIDENT, {"endless": ENDLESS}))
    monkeypatch.setattr(ocean.config, "process_in_queue_timeout", 1)
    async with event_context(EventType.HTTP_REQUEST, trigger_type="machine"):
        block = await block_of(ObjectKind.INCIDENT)
        with pytest.raises(MappingFailed, match="not done after 1 s"):
            await LiveEntityProcessor(ocean).parse_items(block, [{"id": "a"}], parse_all=True)

    assert multiprocessing.active_children() == []
