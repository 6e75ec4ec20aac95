"""Takes out of Port what is gone, with what depends on it.

Nobody tells the ids of a gone incident's updates any more. So Port is asked for the entities, by
the places where the mappings keep an object's id and an update's incident.
"""

from collections.abc import Iterable, Sequence

from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.models import Entity

from kinds import ObjectKind
from port_search import blueprint_of, one_of, place_of, search, value_at

from .found import Found


async def delete_gone(blocks: Sequence[ResourceConfig], found: Found) -> None:
    """Delete the entities of what is gone, wherever the mappings keep its id."""
    incidents, components = found.gone(ObjectKind.INCIDENT), found.gone(ObjectKind.COMPONENT)
    groups = found.gone(ObjectKind.COMPONENT_GROUP)
    # The incident goes last: if this fails half-way, its updates are found once more.
    gone = await _entities(blocks, ObjectKind.INCIDENT_UPDATE, ".incident_id", incidents)
    gone += await _entities(blocks, ObjectKind.INCIDENT, ".id", incidents)
    gone += await _entities(blocks, ObjectKind.COMPONENT, ".id", components)
    gone += await _entities(blocks, ObjectKind.COMPONENT_GROUP, ".id", groups)
    if gone:
        await ocean.unregister(gone)


async def _entities(
    blocks: Iterable[ResourceConfig], kind: ObjectKind, expression: str, ids: list[str]
) -> list[Entity]:
    """Return the entities for which one of the ids stands where a mapping keeps an expression."""
    blocks = list(blocks)
    incidents = [blueprint_of(block) for block in blocks if block.kind == ObjectKind.INCIDENT]
    entities: list[Entity] = []
    for block in blocks if ids else []:
        blueprint = blueprint_of(block)
        place = place_of(block.port.entity.mappings, expression)
        if block.kind != kind or blueprint is None or place is None:
            continue
        found = await search(blueprint, [one_of(place, ids, incidents)], place)
        entities += [entity for entity in found if value_at(entity, place) in ids]
    return entities
