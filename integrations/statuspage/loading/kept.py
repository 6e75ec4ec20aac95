"""What is held of an entity that is loaded, until Ocean knows what is to be deleted."""

import sys
from typing import Any, cast

from port_ocean.core.models import Entity

# Few, and the same for all entities of a kind.
_names: dict[tuple[str, ...], tuple[str, ...]] = {}


class KeptEntity:
    """Stands in for an entity where Ocean asks who it is, and what it relates to.

    A resync ends with all entities of all kinds in memory, and those that Port holds beside them.
    Ocean's take 0.9 kB each, these 0.2.
    """

    __slots__ = ("_relations", "_targets", "blueprint", "identifier")

    def __init__(self, entity: Entity) -> None:
        self.identifier = entity.identifier
        self.blueprint = _shared(entity.blueprint)
        names = tuple(entity.relations)
        self._relations = _names.setdefault(names, names)
        self._targets = tuple(map(_shared, entity.relations.values()))

    @property
    def relations(self) -> dict[str, Any]:
        return dict(zip(self._relations, self._targets, strict=True))

    def __getattr__(self, name: str) -> Any:
        """Ask an entity for what Ocean does not ask for today."""
        # One that is being copied has nothing yet.
        if name in self.__slots__:
            raise AttributeError(name)
        return getattr(self._entity(), name)

    def __eq__(self, other: object) -> bool:
        return self._entity() == (other._entity() if isinstance(other, KeptEntity) else other)

    def __hash__(self) -> int:
        return hash((str(self.identifier), self.blueprint))

    def _entity(self) -> Entity:
        return Entity(
            identifier=self.identifier, blueprint=self.blueprint, relations=self.relations
        )


def kept(entity: Entity) -> Entity:
    """Return what Ocean keeps: who it is, and what it relates to."""
    return cast("Entity", KeptEntity(entity))


def _shared(value: Any) -> Any:
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, list):
        return [_shared(one) for one in value]
    # Port looks for what a query finds; Ocean does not keep these either.
    return None if isinstance(value, dict) else value
