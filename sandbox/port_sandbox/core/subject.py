"""An entity as search rules see it: what is stored, or with what is computed."""

from collections.abc import Iterable, Mapping
from typing import Any

from port_sandbox.core.entities import Entity, Key
from port_sandbox.core.reader import CatalogReader
from port_sandbox.core.search import Direction
from port_sandbox.core.walks import above, below


class StoredSubject:
    """Answers from what is stored."""

    def __init__(self, entity: Entity, catalog: CatalogReader) -> None:
        self._entity = entity
        self._catalog = catalog

    @property
    def key(self) -> Key:
        """Return who it is."""
        return self._entity.key

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

    def reached(self, keys: Iterable[Key], direction: Direction) -> set[Key]:
        """Return what stands above or below some entities, however far away."""
        walk = above if direction == "up" else below
        return {found for key in keys for found in walk(key, self._catalog)}


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
