"""The catalog as a dashboard reads it: every blueprint once, however many widgets ask for it."""

from datetime import datetime
from typing import Any

from port_sandbox.core.dataset import names_in, rule_of
from port_sandbox.core.entities import Entity, Key
from port_sandbox.core.json_types import Document
from port_sandbox.core.subject import ComputedSubject, StoredSubject
from port_sandbox.sandbox import Sandbox

COMPUTED = ("mirrorProperties", "calculationProperties", "aggregationProperties")


class Readings:
    """What is read for one look at a dashboard."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.now: datetime = sandbox.clock()
        self._entities: dict[str, list[Entity]] = {}
        self._computed: dict[str, set[str]] = {}
        self._shown: dict[Key, Document] = {}

    def blueprint(self, identifier: str) -> Document:
        return self.sandbox.reads.blueprint(identifier)

    def entities(self, blueprint: str) -> list[Entity]:
        if blueprint not in self._entities:
            self.blueprint(blueprint)
            self._entities[blueprint] = list(self.sandbox.catalog.entities(blueprint))
        return self._entities[blueprint]

    def matching(self, blueprint: str, dataset: Any) -> list[Entity]:
        """Return the entities that a dataset is about; computed is only what it asks for."""
        rule, names = rule_of(dataset, self.now), names_in(dataset)
        return [one for one in self.entities(blueprint) if rule(self.subject(one, names))]

    def computed(self, blueprint: str) -> set[str]:
        """Return the names of the properties that are computed when an entity is read."""
        if blueprint not in self._computed:
            document = self.blueprint(blueprint)
            self._computed[blueprint] = {name for one in COMPUTED for name in document[one]}
        return self._computed[blueprint]

    def properties(self, entity: Entity) -> Document:
        """Return all properties, the computed ones too."""
        if entity.key not in self._shown:
            self._shown[entity.key] = self.sandbox.reads.shown(entity, self.now)
        found: Document = self._shown[entity.key]["properties"]
        return found

    def value(self, entity: Entity, name: str) -> Any:
        """Return a property, a relation or a `$name`."""
        return self.subject(entity, {name}).value(name)

    def scores(self, entity: Entity) -> Document:
        shown = {"properties": self.properties(entity)}
        return self.sandbox.reads.scores(entity, shown, self.now)

    def subject(self, entity: Entity, names: set[str]) -> StoredSubject:
        """Return an entity for rules that ask for these names."""
        if names.isdisjoint(self.computed(entity.blueprint)):
            return StoredSubject(entity, self.sandbox.catalog)
        return ComputedSubject(entity, self.properties(entity), self.sandbox.catalog)
