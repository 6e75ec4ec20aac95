"""Takes the updates of an incident that is gone out of Port.

Nobody tells their ids any more, and those of the webhook are not to be believed. So Port is asked
which of its entities are this incident's, by the place where the mapping keeps the incident's id.
"""

from collections.abc import Iterable
from typing import Any

from port_ocean.clients.port.types import UserAgentType
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import EntityMapping, ResourceConfig

from kinds import ObjectKind
from resync.believed import blueprint_of, value_at


def place_of_incident(mapping: EntityMapping) -> str | None:
    """Return the property or relation that holds an update's incident id, if there is one."""
    kept = {
        **{f"properties.{name}": jq for name, jq in mapping.properties.items()},
        **{f"relations.{name}": jq for name, jq in mapping.relations.items()},
    }
    places = [
        key for key, jq in kept.items() if isinstance(jq, str) and jq.strip() == ".incident_id"
    ]
    # A relation first: it is looked up, a property is searched for.
    return max(places, key=lambda key: key.startswith("relations."), default=None)


async def forget_updates(blocks: Iterable[ResourceConfig], incident_ids: list[str]) -> None:
    """Delete what the mappings of updates made of these incidents; what has no place stays."""
    blocks = list(blocks)
    incidents = {blueprint_of(block) for block in blocks if block.kind == ObjectKind.INCIDENT}
    for block in blocks:
        blueprint, place = blueprint_of(block), place_of_incident(block.port.entity.mappings)
        if block.kind != ObjectKind.INCIDENT_UPDATE or blueprint is None or place is None:
            continue
        query = {
            "combinator": "and",
            "rules": [
                {"property": "$blueprint", "operator": "=", "value": blueprint},
                {"combinator": "or", "rules": _rules(place, incidents - {None}, incident_ids)},
            ],
        }
        included = ["identifier", "blueprint", place]
        entities = await ocean.port_client.search_entities(UserAgentType.exporter, query, included)
        if theirs := [entity for entity in entities if value_at(entity, place) in incident_ids]:
            await ocean.unregister(theirs)


def _rules(
    place: str, blueprints: Iterable[str | None], incident_ids: list[str]
) -> list[dict[str, Any]]:
    part, name = place.split(".", 1)
    if part == "properties":
        return [{"property": name, "operator": "in", "value": incident_ids}]
    return [
        {"operator": "relatedTo", "blueprint": blueprint, "value": incident_ids}
        for blueprint in blueprints
    ]
