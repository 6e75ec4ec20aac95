"""Walks along the relations, one step or all the way."""

from port_sandbox.core.entities import Entity, Key, targets
from port_sandbox.core.json_types import Document
from port_sandbox.core.reader import CatalogReader


def relations_of(blueprint: str, catalog: CatalogReader) -> Document:
    """Return the relations of a blueprint; none where it is not there."""
    found: Document = (catalog.blueprint(blueprint) or {}).get("relations", {})
    return found


def ends(entity: Entity, relation: str, catalog: CatalogReader) -> list[Key]:
    """Return what one relation of an entity points at."""
    relations = relations_of(entity.blueprint, catalog)
    if relation not in relations:
        return []
    target = relations[relation]["target"]
    return [(target, one) for one in targets(entity.relations.get(relation))]


def above(key: Key, catalog: CatalogReader) -> set[Key]:
    """Return all that an entity points at, near and far."""
    found: set[Key] = set()
    waiting = [key]
    while waiting:
        entity = catalog.entity(waiting.pop())
        if entity is not None:
            new = {end for name in entity.relations for end in ends(entity, name, catalog)}
            waiting += new - found
            found |= new
    return found - {key}


def below(key: Key, catalog: CatalogReader) -> set[Key]:
    """Return all that points at an entity, near and far."""
    found: set[Key] = set()
    waiting = [key]
    while waiting:
        new = set(catalog.sources_of(waiting.pop()))
        waiting += new - found
        found |= new
    return found - {key}
