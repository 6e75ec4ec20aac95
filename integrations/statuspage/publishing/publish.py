"""Brings what was found into the catalog, through the same mapping as a resync."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from port_ocean.context.event import EventType, event, event_context
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import (
    EntityMapping,
    PortAppConfig,
    ResourceConfig,
)
from port_ocean.core.handlers.webhook.webhook_event import WebhookEventRawResults
from port_ocean.core.integrations.mixins.live_events import LiveEventsMixin
from port_ocean.core.integrations.mixins.utils import handle_items_to_parse
from port_ocean.core.models import Entity

import refusals
from aside import done_aside
from entities_state_applier import NotingStateApplier
from kinds import ObjectKind
from mapping.choice import entity_processor
from resync.streams import (
    Components,
    Groups,
    Incidents,
    IncidentUpdates,
    KindStream,
    Pages,
    stream_of,
    updates_of,
    without_status,
)
from statuspage import Raw

from .deletion import delete_gone
from .found import Found


@dataclass(slots=True)
class Results:
    """What a block of the mapping writes and takes away."""

    updated: list[Raw] = field(default_factory=list)
    deleted: list[Raw] = field(default_factory=list)


def results_of(stream: KindStream, found: Found) -> Results:
    """Choose what of the finding is a block's, as its selector would choose in a resync."""
    match stream:
        case Pages():
            return Results(_as_selected(stream, found) if _tells_page(stream, found) else [])
        case Groups():
            return Results(_as_selected(stream, found), _gone(found, stream.kind))
        case Components():
            return Results(found.known(stream.kind), _gone(found, stream.kind))
        case Incidents():
            chosen, left_out = _chosen(stream, found)
            # What the selector leaves out, a resync would take away.
            return Results(chosen, left_out + _gone(found, stream.kind))
        case IncidentUpdates():
            chosen, left_out = _chosen(stream.incidents, found)
            return Results(updates_of(chosen), updates_of(left_out))


def _tells_page(stream: Pages, found: Found) -> bool:
    return stream.current_status or found.whole_page


def _as_selected(stream: Pages | Groups, found: Found) -> list[Raw]:
    known = found.known(stream.kind)
    return known if stream.current_status else [without_status(raw) for raw in known]


def _chosen(stream: Incidents, found: Found) -> tuple[list[Raw], list[Raw]]:
    known = found.known(stream.kind)
    chosen = [raw for raw in known if stream.chooses(raw)]
    return chosen, [raw for raw in known if not stream.chooses(raw)]


def _gone(found: Found, kind: ObjectKind) -> list[Raw]:
    """Return as much of what is gone as mappings may ask for to tell it from others."""
    # A mapping that leaves group rows out asks whether it is one.
    page_id = found.page["id"]
    return [{"id": id_, "page_id": page_id, "group": False} for id_ in found.gone(kind)]


def status_alone(block: ResourceConfig) -> ResourceConfig:
    """Return the block of a page's mapping with nothing but what follows from its status.

    The page itself was read some minutes ago, and may have another name by now.
    """
    mapping = block.port.entity.mappings
    kept = {name: jq for name, jq in mapping.properties.items() if "__status" in str(jq)}
    # Ocean sends whatever is set: a title that is set to nothing would blank the one in Port.
    reduced = EntityMapping(
        identifier=mapping.identifier, blueprint=mapping.blueprint, properties=kept
    )
    entity = block.port.entity.copy(update={"mappings": reduced})
    return block.copy(update={"port": block.port.copy(update={"entity": entity})})


class Publisher(LiveEventsMixin):
    """Ocean's way for live events, with all objects of a kind mapped in one piece.

    It has handlers of its own, so it also works where Ocean processes no webhooks.
    """

    EntityProcessorClass = entity_processor()
    EntitiesStateApplierClass = NotingStateApplier

    def __init__(self) -> None:
        super().__init__()
        self._is_ready = False

    async def publish(self, found: Found) -> None:
        """Return when it is in the catalog."""
        if not self._is_ready:
            await self.initialize_handlers()
            self._is_ready = True
        async with event_context(EventType.HTTP_REQUEST, trigger_type="machine"):
            config = await ocean.integration.port_app_config_handler.get_port_app_config()
            # A component that is gone must not take the incidents along that name it.
            event.port_app_config = config.copy(update={"delete_dependent_entities": False})
            await delete_gone(config.resources, found)
            # What is said of the mapping is looked up in Port while the entities are written.
            async with done_aside():
                with refusals.told("A live event"):
                    await self.sync_raw_results(raw_results(config, found))

    async def _parse_raw_event_results_to_entities(
        self, webhook_events_raw_result: list[WebhookEventRawResults]
    ) -> tuple[list[Entity], list[Entity]]:
        """Ocean maps one object after the other here, each with new worker processes."""
        every = await asyncio.gather(
            *(
                self._mapped(results.resource, items)
                for results in webhook_events_raw_result
                for items in (results.updated_raw_results, results.deleted_raw_results)
            )
        )
        updated = [entity for passed, _ in every[::2] for entity in passed]
        removed = [entity for _, failed in every[::2] for entity in failed]
        removed += [entity for gone, _ in every[1::2] for entity in gone]
        kept = {(entity.blueprint, str(entity.identifier)) for entity in updated}
        return updated, [one for one in removed if (one.blueprint, str(one.identifier)) not in kept]

    async def _mapped(
        self, block: ResourceConfig, items: list[Raw]
    ) -> tuple[list[Entity], list[Entity]]:
        passed: list[Entity] = []
        failed: list[Entity] = []
        async for batch in _expanded(block, items):
            mapped = await self.entity_processor.parse_items(block, batch, parse_all=True)
            passed += mapped.entity_selector_diff.passed
            failed += mapped.entity_selector_diff.failed
        return passed, failed


async def _expanded(block: ResourceConfig, items: list[Raw]) -> AsyncIterator[list[Raw]]:
    if not block.port.items_to_parse:
        if items:
            yield items
        return
    async for batch in handle_items_to_parse(
        items,
        block.port.items_to_parse_name,
        block.port.items_to_parse,
        block.port.items_to_parse_top_level_transform,
    ):
        yield batch


def raw_results(config: PortAppConfig, found: Found) -> list[WebhookEventRawResults]:
    # The raw data of one live event are sent to Port's lake under one name.
    trace = str(uuid.uuid4())
    results_of_blocks = []
    for index, block in enumerate(config.resources):
        stream = stream_of(block)
        status_only = isinstance(stream, Pages) and not found.whole_page
        if status_only and not config.enable_merge_entity:
            # The status alone would then take the page's other properties away.
            continue
        results = results_of(stream, found)
        if results.updated or results.deleted:
            raw = WebhookEventRawResults(results.updated, results.deleted, webhook_trace_id=trace)
            raw.resource = status_alone(block) if status_only else block
            raw.resource_index = index
            results_of_blocks.append(raw)
    return results_of_blocks
