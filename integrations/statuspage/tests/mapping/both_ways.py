"""The same objects mapped by Ocean's processor and by ours, to be compared."""

# ruff: noqa: SLF001 (what is compared with is Ocean's inside)

import json
from typing import Any, override

from port_ocean.core.handlers.entity_processor import jq_entity_processor
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor
from port_ocean.core.handlers.entity_processor.models import MappedEntity
from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from mapping.mapper import Mapper
from mapping.processor import OneProgramProcessor

type Json = dict[str, Any]


class OceansOwn(JQEntityProcessor):
    """Ocean's processor, whose first pass runs in this process, since a pool takes long to fork."""

    @override
    async def parse_items_sync(
        self,
        compileable_patterns: Json,
        raw_results: list[Json],
        selector_query: str,
        parse_all: bool = False,
    ) -> tuple[list[tuple[list[MappedEntity], list[Exception]]], list[Exception]]:
        jq_entity_processor._MULTIPROCESS_JQ_BATCH_DATA = raw_results
        jq_entity_processor._MULTIPROCESS_JQ_BATCH_MAPPINGS = compileable_patterns
        jq_entity_processor._MULTIPROCESS_JQ_BATCH_SELECTOR_QUERY = selector_query
        jq_entity_processor._MULTIPROCESS_JQ_BATCH_PARSE_ALL = parse_all
        return [
            jq_entity_processor._calculate_entity(index) for index in range(len(raw_results))
        ], []


def ours(mapper: Mapper) -> OneProgramProcessor:
    """Return our processor, with a worker process of the test's."""

    processor = OneProgramProcessor(None)  # type: ignore[arg-type]  # it asks nothing of Ocean
    processor.mapper = mapper
    return processor


async def results(
    processor: JQEntityProcessor,
    mapping: Json,
    objects: list[Json],
    selector: str = "true",
    *,
    parse_all: bool = False,
) -> Any:
    """Map as Ocean does; return what came of it, as texts, in which 1 is not 1.0 or true."""
    first, second = mapping, dict[str, Any]()
    if isinstance(processor, OceansOwn):
        separate = processor.separate_compileable_and_uncompileable_patterns_and_warmup_cache
        first, second = await separate(mapping, [selector])
    merged, errors = processor.merge_results(
        await processor.parse_items_sync(first, objects, selector, parse_all),
        await processor.parse_items_async(second, objects, selector, parse_all),
        objects,
    )
    return [json.dumps(vars(one), sort_keys=True, indent=1) for one in merged], [
        f"{_family(error).__name__}: {error}" for error in errors
    ]


async def mapped_batch(
    processor: JQEntityProcessor, resource: ResourceConfig, objects: list[Json]
) -> Any:
    """Return the entities that Ocean is given, those that the selector leaves out, and the rest."""
    result = await processor.parse_items(resource, objects, parse_all=True)
    diff = result.entity_selector_diff
    return (
        [repr(one.dict()) for one in diff.passed],
        [repr(one.dict(exclude_unset=True)) for one in diff.failed],
        [f"{_family(error).__name__}: {error}" for error in result.errors],
        result.misconfigured_entity_keys,
    )


def _family(error: Exception) -> type:
    # An expression that is no UTF-8 is told as any other that is invalid.
    return ValueError if isinstance(error, ValueError) else type(error)
