"""What the computed properties ask of the catalog."""

from collections.abc import Iterable
from typing import Protocol

from port_sandbox.core.entities import Entity, Key
from port_sandbox.core.json_types import Document


class CatalogReader(Protocol):
    """The catalog, for reading."""

    def blueprint(self, identifier: str) -> Document | None:
        """Return a blueprint."""

    def entity(self, key: Key) -> Entity | None:
        """Return an entity."""

    def pointing_at(self, key: Key, relation: str, blueprint: str) -> Iterable[Entity]:
        """Return the entities of a blueprint whose relation points at an entity."""

    def sources_of(self, key: Key) -> Iterable[Key]:
        """Return the keys of all that points at an entity."""
