"""Takes what is gone out of Port, once Port has told that it is what the event named.

The answer "not found" alone proves little: anybody may name an incident of one of our pages under
another one. And nobody tells the ids of a gone incident's updates any more. So Port is asked, by
the places where the mapping keeps an object's page and an update's incident.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from port_ocean.clients.port.types import UserAgentType
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import EntityMapping, ResourceConfig
from port_ocean.core.models import Entity

from kinds import ObjectKind
from resync.believed import blueprint_of, value_at
from statuspage import Raw

from .look import Found


def place_of(mapping: EntityMapping, wanted: str) -> str | None:
    """Return where a mapping keeps what an expression gives, if there is such a place."""
    kept = {
        **{f"properties.{name}": jq for name, jq in mapping.properties.items()},
        "$identifier": mapping.identifier,
        # Relations come last, since the last one counts: they are looked up and not searched for.
        **{f"relations.{name}": jq for name, jq in mapping.relations.items()},
    }
    places = [key for key, jq in kept.items() if isinstance(jq, str) and jq.strip() == wanted]
    return places[-1] if places else None


async def take_out(blocks: Iterable[ResourceConfig], found: Found) -> Found:
    """Delete what is gone; leave out of the finding what may be another page's."""
    blocks = list(blocks)
    incidents, entities = await _proven(blocks, ObjectKind.INCIDENT, found, found.incidents)
    components, more = await _proven(blocks, ObjectKind.COMPONENT, found, found.components)
    # The incident itself goes last: if this fails half-way, it proves the updates once more.
    if gone := [incident_id for incident_id, raw in incidents.items() if raw is None]:
        await _take_out_updates(blocks, gone)
    if entities + more:
        await ocean.unregister(entities + more)
    return replace(found, incidents=incidents, components=components)


async def _proven(
    blocks: list[ResourceConfig], kind: ObjectKind, found: Found, objects: dict[str, Raw | None]
) -> tuple[dict[str, Raw | None], list[Entity]]:
    """Return the objects without what may be another page's, and the entities of what is gone."""
    gone = [object_id for object_id, raw in objects.items() if raw is None]
    # Who is the only page has no other, and what a resync saw has no doubtful one.
    is_certain = found.is_only_page or not found.page
    entities: list[Entity] = []
    proven: set[str | None] = set(gone) if is_certain else set()
    for block in blocks if gone else []:
        mapping, blueprint = block.port.entity.mappings, blueprint_of(block)
        key, page = place_of(mapping, ".id"), place_of(mapping, ".page_id")
        if block.kind != kind or not blueprint or not key or not (page or is_certain):
            continue
        theirs = [
            entity
            for entity in await _search(blueprint, _equal(key, gone), key, page)
            if value_at(entity, key) in gone
            and (is_certain or (page and value_at(entity, page) == found.page["id"]))
        ]
        entities += theirs
        proven.update(value_at(entity, key) for entity in theirs)
    return {id_: raw for id_, raw in objects.items() if raw is not None or id_ in proven}, entities


async def _take_out_updates(blocks: list[ResourceConfig], incident_ids: list[str]) -> None:
    incidents = {blueprint_of(block) for block in blocks if block.kind == ObjectKind.INCIDENT}
    for block in blocks:
        blueprint = blueprint_of(block)
        place = place_of(block.port.entity.mappings, ".incident_id")
        if block.kind != ObjectKind.INCIDENT_UPDATE or blueprint is None or place is None:
            continue
        entities = await _search(blueprint, _rules(place, incidents - {None}, incident_ids), place)
        if theirs := [entity for entity in entities if value_at(entity, place) in incident_ids]:
            await ocean.unregister(theirs)


def _rules(
    place: str, blueprints: Iterable[str | None], incident_ids: list[str]
) -> list[dict[str, Any]]:
    if place.startswith("relations."):
        return [
            {"operator": "relatedTo", "blueprint": blueprint, "value": incident_ids}
            for blueprint in blueprints
        ]
    return _equal(place, incident_ids)


def _equal(place: str, values: list[str]) -> list[dict[str, Any]]:
    name = place.removeprefix("properties.")
    return [{"property": name, "operator": "=", "value": value} for value in values]


async def _search(blueprint: str, rules: list[dict[str, Any]], *places: str | None) -> list[Entity]:
    """Return the blueprint's entities of ours that fit one of the rules, with these places."""
    query = {
        "combinator": "and",
        "rules": [
            {"property": "$blueprint", "operator": "=", "value": blueprint},
            {"combinator": "or", "rules": rules},
        ],
    }
    kept = [place for place in places if place and place != "$identifier"]
    included = ["identifier", "blueprint", *kept]
    return await ocean.port_client.search_entities(UserAgentType.exporter, query, included)
