"""Ocean's full resync, with its loads in the background.

Ocean maps a batch, compares it with what Port holds, writes what differs, and only then asks for
the next one. Here the last two go on while the next batch is read and mapped. What is counted,
logged and deleted is the same, with one exception: where Port cannot be asked what it holds,
everything is written, and what Port refuses then is not taken for gone.
"""

import asyncio
from contextlib import nullcontext
from functools import cache, partial
from itertools import batched, chain
from typing import Any, override

from loguru import logger
from port_ocean.clients.port.client import PortClient
from port_ocean.clients.port.types import UserAgentType
from port_ocean.context.event import EventType, event
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.integrations.mixins import SyncRawMixin
from port_ocean.core.integrations.mixins.utils import is_dsp_mode_enabled
from port_ocean.core.models import Entity
from port_ocean.core.ocean_types import CalculationResult, ETLPhase
from port_ocean.helpers.metric.metric import MetricPhase, MetricType
from port_ocean.ocean import Ocean

import plain_ocean
from aside import catch_up, done_aside

from . import port_client
from .kept import kept
from .kind_metrics import KindMetrics, keep_own_state
from .pipeline import current, pipeline
from .preparing import preparations, prepared
from .side_by_side import (
    Result,
    blueprints_of,
    note_loaded,
    side_by_side,
    turn_to_compare,
    turn_to_write,
)
from .side_by_side import current as current_kinds
from .unchanged import changed

# Half of a batch: Ocean asks for 50 at once, and an answer costs more than what it holds.
SEARCHED_AT_ONCE = 125
# How few Ocean writes without asking.
FEW = 10

# What is overridden or called of Ocean's, with its parameters.
RESTS_ON = {
    "_register_resource_raw": [
        *("self", "resource", "results", "user_agent_type", "parse_all", "batch_index"),
    ],
    "_map_entities_compared_with_port": ["self", "entities", "resource", "user_agent_type"],
    "_fetch_entities_batch_from_port": ["self", "entities_batch", "resource", "user_agent_type"],
    "_calculate_raw": ["self", "raw_diff", "parse_all"],
    "process_resource": ["self", "resource", "index", "user_agent_type"],
    "resync_reconciliation": [
        *("self", "creation_results", "did_fetched_current_state", "user_agent_type"),
        *("app_config", "silent"),
    ],
}


class OverlappingLoads(SyncRawMixin):
    """What is different from Ocean's own resync."""

    @override
    async def sync_raw_all(self, *args: Any, **kwargs: Any) -> bool:
        if not is_possible():
            return bool(await super().sync_raw_all(*args, **kwargs))
        async with done_aside():
            with side_by_side():
                return bool(await super().sync_raw_all(*args, **kwargs))

    @override
    async def process_resource(
        self, resource: ResourceConfig, index: int, user_agent_type: UserAgentType
    ) -> tuple[list[Entity], list[Exception]]:
        process = super().process_resource
        kinds = current_kinds()
        # Where Port itself maps and loads, nothing of it is ours.
        if kinds is None or await is_dsp_mode_enabled():
            return await process(resource, index, user_agent_type)
        if not kinds.begun:

            async def kind(place: int, one: ResourceConfig) -> Result:
                keep_own_state()
                async with prepared(*preparations(self.entity_processor, one)):
                    return await process(one, place, user_agent_type)

            resources = event.port_app_config.resources
            kinds.begin(
                [partial(kind, *numbered) for numbered in enumerate(resources)],
                blueprints_of(resources),
            )
        return await kinds.result(index)

    @override
    async def resync_reconciliation(self, *args: Any, **kwargs: Any) -> bool:
        is_whole: bool = await super().resync_reconciliation(*args, **kwargs)
        # Only the end is left to be told.
        await catch_up()
        return is_whole

    @override
    async def _register_in_batches(
        self, *args: Any, **kwargs: Any
    ) -> tuple[list[Entity], list[Exception]]:
        async with pipeline() if is_possible() else nullcontext():
            result: tuple[list[Entity], list[Exception]] = await super()._register_in_batches(
                *args, **kwargs
            )
        return result

    @override
    async def _register_resource_raw(
        self,
        resource: ResourceConfig,
        results: list[dict[Any, Any]],
        user_agent_type: UserAgentType,
        parse_all: bool = False,
        batch_index: int = 1,
    ) -> CalculationResult:
        loads = current()
        if loads is None or event.event_type != EventType.RESYNC:
            return await super()._register_resource_raw(
                resource, results, user_agent_type, parse_all, batch_index
            )
        mapped = await self._mapped(resource, results, batch_index, parse_all=parse_all)
        passed = mapped.entity_selector_diff.passed

        async def load() -> None:
            with logger.contextualize(etl_phase=ETLPhase.LOAD):
                await self._load(passed, resource, user_agent_type)
                logger.info("Load phase complete", batch_index=batch_index, entities=len(passed))

        keys = [(str(one.identifier), one.blueprint) for one in passed]
        await loads.add(len(results), keys, load)
        return mapped._replace(
            number_of_transformed_entities=len(passed),
            entity_selector_diff=mapped.entity_selector_diff._replace(
                passed=[kept(entity) for entity in passed]
            ),
        )

    @override
    async def _map_entities_compared_with_port(
        self, entities: list[Entity], resource: ResourceConfig, user_agent_type: UserAgentType
    ) -> list[Entity]:
        if len(entities) <= FEW or any(map(_is_searched_for, entities)):
            return entities
        answers = await asyncio.gather(
            *(
                self._fetch_entities_batch_from_port([*some], resource, user_agent_type)
                for some in batched(entities, SEARCHED_AT_ONCE)
            )
        )
        return changed(entities, chain.from_iterable(answers))

    async def _mapped(
        self,
        resource: ResourceConfig,
        results: list[dict[Any, Any]],
        batch: int,
        *,
        parse_all: bool,
    ) -> CalculationResult:
        with logger.contextualize(etl_phase=ETLPhase.TRANSFORM):
            [mapped] = await self._calculate_raw([(resource, results)], parse_all)
            diff = mapped.entity_selector_diff
            logger.info(
                "Transform phase complete",
                batch_index=batch,
                entities_transformed=len(diff.passed),
                entities_failed=len(diff.failed),
            )
        _count(MetricPhase.TRANSFORM, MetricPhase.TransformResult.FAILED, len(diff.failed))
        return mapped

    async def _load(
        self, entities: list[Entity], resource: ResourceConfig, user_agent_type: UserAgentType
    ) -> None:
        await turn_to_compare()
        try:
            written = await self._map_entities_compared_with_port(
                entities, resource, user_agent_type
            )
        except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
            logger.warning(f"Port does not tell what it holds ({error}): everything is written")
            written = entities
        _count(MetricPhase.LOAD, MetricPhase.LoadResult.SKIPPED, len(entities) - len(written))
        if written:
            await turn_to_write(written)
            await self.entities_state_applier.upsert(written, user_agent_type)
        note_loaded(entities)


def is_possible() -> bool:
    """Tell whether loading is ours to do."""
    return not (plain_ocean.is_wanted() or problem(SyncRawMixin, PortClient))


@cache
def problem(theirs: type, client: type) -> str:
    """Return what keeps this Ocean from loading here, after a warning; nothing, if it can."""
    found = plain_ocean.what_changed(theirs, RESTS_ON) or plain_ocean.what_changed(
        client, port_client.RESTS_ON
    )
    if found:
        logger.warning(plain_ocean.warning(found))
    return found


def use_port_client(app: Ocean) -> None:
    """Have Ocean load and report by the client of this package."""
    if is_possible():
        app.port_client = port_client.LoadingPortClient(app.port_client)
        app.metrics = KindMetrics(app.metrics)
        app.metrics.port_client = app.port_client


def _is_searched_for(entity: Entity) -> bool:
    return entity.is_using_search_identifier or entity.is_using_search_relation


def _count(phase: str, result: str, number: int) -> None:
    ocean.metrics.inc_metric(
        name=MetricType.OBJECT_COUNT_NAME,
        labels=[ocean.metrics.current_resource_kind(), phase, result],
        value=number,
    )
