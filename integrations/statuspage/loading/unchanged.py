"""Which entities Port holds as they are."""

from collections.abc import Iterable
from typing import Any

from port_ocean.core.models import Entity
from port_ocean.core.utils.utils import are_entities_different


def changed(entities: Iterable[Entity], held: Iterable[Entity]) -> list[Entity]:
    """Return those that Port does not hold as they are, each identifier once, as Ocean does."""
    ours = {_key(entity): entity for entity in entities}
    for one in held:
        key = _key(one)
        if key in ours and is_unchanged(ours[key], one):
            del ours[key]
    return list(ours.values())


def is_unchanged(ours: Entity, held: Entity) -> bool:
    """Tell what Ocean tells, which writes both as JSON first: only what is not the same at once."""
    return (
        _is_same(ours.title, held.title)
        and _is_same(ours.team, held.team)
        and _is_same(ours.properties, held.properties)
        and _is_same(ours.relations, held.relations)
    ) or not are_entities_different(held, ours)


def _key(entity: Entity) -> tuple[str, str]:
    return str(entity.identifier), entity.blueprint


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same in JSON too, where 1 is not 1.0 or true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(
            _is_same(value, other[name]) for name, value in one.items()
        )
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    if isinstance(one, float):
        return repr(one) == repr(other)
    return bool(one == other)
