"""Mirror and calculation properties of one entity."""

from typing import Any

from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.jq_program import first_result
from port_sandbox.core.json_types import Document
from port_sandbox.core.reader import CatalogReader


def mirrors(entity: Entity, blueprint: Document, catalog: CatalogReader) -> Document:
    """Return what the mirror properties of an entity show; what leads nowhere is left out."""
    found = {
        name: _walk(entity, definition["path"].split("."), catalog)
        for name, definition in blueprint["mirrorProperties"].items()
    }
    return {name: value for name, value in found.items() if value is not None}


def calculations(document: Document, blueprint: Document) -> Document:
    """Return what the calculation properties say about an entity as it is shown."""
    return {
        name: first_result(definition["calculation"], document)
        for name, definition in blueprint["calculationProperties"].items()
    }


def _walk(entity: Entity, path: list[str], catalog: CatalogReader) -> Any:
    step, *rest = path
    if not rest:
        return entity.meta(step) if step.startswith("$") else entity.properties.get(step)
    blueprint = catalog.blueprint(entity.blueprint)
    relation = (blueprint or {}).get("relations", {}).get(step)
    if relation is None:
        return None
    value = entity.relations.get(step)
    ends = [catalog.entity((relation["target"], one)) for one in targets(value)]
    values = [_walk(end, rest, catalog) for end in ends if end is not None]
    if isinstance(value, list):
        return [one for one in values if one is not None]
    return values[0] if values else None
