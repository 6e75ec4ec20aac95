"""Hands what was found to Ocean, where it goes through the same mapping as in a resync."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from port_ocean.context.event import EventType, event, event_context
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.handlers.webhook.webhook_event import WebhookEventRawResults

import refusals
from kinds import ObjectKind
from resync.streams import updates_of
from statuspage import Raw

from .forgetting import take_out
from .look import Found

if TYPE_CHECKING:
    from integration import StatuspageResourceConfig


class Publisher(Protocol):
    """Brings what was found into the catalog."""

    async def __call__(self, found: Found, /) -> None:
        """Return when it is there."""
        ...


@dataclass(slots=True)
class Results:
    """What a block of the mapping writes and takes away."""

    updated: list[Raw] = field(default_factory=list)
    deleted: list[Raw] = field(default_factory=list)


def results_of(block: "StatuspageResourceConfig", found: Found) -> Results:
    """Choose what of the finding is a block's, as its selector would choose in a resync."""
    stream = block.stream
    match block.kind:
        case ObjectKind.PAGE:
            shows_status = getattr(stream, "current_status", False)
            return Results([found.page_now] if found.page_now and shows_status else [])
        case ObjectKind.COMPONENT_GROUP:
            return Results(found.groups if getattr(stream, "current_status", False) else [])
        case ObjectKind.COMPONENT:
            known = [row for row in found.components.values() if row is not None]
            return Results(known, _gone(found, found.components))
        case _:
            return _incidents(block, found)


def _gone(found: Found, objects: dict[str, Raw | None]) -> list[Raw]:
    """Return as much of what is gone as mappings may ask for to tell it from others."""
    page_id = found.page.get("id")
    # A mapping that leaves group rows out asks whether it is one.
    return [
        {"id": object_id, "page_id": page_id, "group": False}
        for object_id, raw in objects.items()
        if raw is None
    ]


def _incidents(block: "StatuspageResourceConfig", found: Found) -> Results:
    known = [incident for incident in found.incidents.values() if incident is not None]
    stream: Any = block.stream
    chooses = getattr(stream, "incidents", stream).chooses
    # What the selector leaves out, a resync would take away.
    chosen = [incident for incident in known if chooses(incident)]
    left_out = [incident for incident in known if not chooses(incident)]
    if block.kind == ObjectKind.INCIDENT_UPDATE:
        return Results(updates_of(chosen), updates_of(left_out))
    return Results(chosen, left_out + _gone(found, found.incidents))


async def publish(found: Found) -> None:
    """Bring it into the catalog by Ocean's road for live events."""
    async with event_context(EventType.HTTP_REQUEST, trigger_type="machine"):
        config = await ocean.integration.port_app_config_handler.get_port_app_config()
        # A component that is gone must not take the incidents along that name it.
        event.port_app_config = config.copy(update={"delete_dependent_entities": False})
        found = await take_out(config.resources, found)
        with refusals.told("A live event"):
            await ocean.app.webhook_manager.sync_raw_results(_raw_results(config.resources, found))


def _raw_results(blocks: Iterable[ResourceConfig], found: Found) -> list[WebhookEventRawResults]:
    # The raw data of one live event are sent to Port's lake under one name.
    trace = str(uuid.uuid4())
    raw_results = []
    for index, block in enumerate(blocks):
        results = results_of(cast("StatuspageResourceConfig", block), found)
        if results.updated or results.deleted:
            raw = WebhookEventRawResults(results.updated, results.deleted, webhook_trace_id=trace)
            raw.resource, raw.resource_index = block, index
            raw_results.append(raw)
    return raw_results
