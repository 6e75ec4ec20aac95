"""An entity as search rules see it: what is stored, or with what is computed."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from port_sandbox.core.entities import Entity
from port_sandbox.core.reader import CatalogReader
from port_sandbox.core.walks import above, below


class StoredSubject:
    """Answers from what is stored."""

    def __init__(self, entity: Entity, catalog: CatalogReader) -> None:
        self._entity = entity
        self._catalog = catalog

    @property
    def properties(self) -> Mapping[str, Any]:
        """Return the properties that rules may ask for."""
        return self._entity.properties

    def value(self, name: str) -> Any:
        """Return a property, a relation or a `$name`."""
        if name.startswith("$"):
            return self._entity.meta(name)
        if name in self.properties:
            return self.properties[name]
        return self._entity.relations.get(name)

    def is_related(
        self, blueprint: str, identifiers: Iterable[str], direction: Literal["up", "down"]
    ) -> bool:
        """Tell whether the entity is above or below one of others, however far away."""
        # What lies below A is exactly what has A above itself.
        walk = above if direction == "down" else below
        reached = walk(self._entity.key, self._catalog)
        return any((blueprint, one) in reached for one in identifiers)


class ComputedSubject(StoredSubject):
    """Answers with computed properties too."""

    def __init__(
        self, entity: Entity, properties: Mapping[str, Any], catalog: CatalogReader
    ) -> None:
        super().__init__(entity, catalog)
        self._properties = properties

    @property
    def properties(self) -> Mapping[str, Any]:
        return self._properties
