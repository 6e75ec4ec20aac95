"""Blueprints: made, changed and taken away by Port's rules."""

from collections.abc import Callable
from datetime import datetime

from port_sandbox.core import blueprint_rules, timestamps
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Conflict, HasDependents, NotFound
from port_sandbox.storage.entities import CatalogStore


class Blueprints:
    def __init__(self, store: CatalogStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def create(self, sent: Document) -> Document:
        at = timestamps.formatted(self._clock())
        blueprint = blueprint_rules.completed({**sent, "createdAt": at, "updatedAt": at})
        blueprint_rules.check(blueprint, self._exists)
        if self._exists(blueprint["identifier"]):
            raise Conflict(f'Blueprint with identifier "{blueprint["identifier"]}" already exists')
        self._store.put_blueprint(blueprint)
        return blueprint

    def change(self, identifier: str, sent: Document) -> Document:
        old = self._get(identifier)
        new = blueprint_rules.patched(old, sent)
        blueprint_rules.check(new, self._exists)
        blueprint_rules.check_change(old, new)
        new["updatedAt"] = timestamps.formatted(self._clock())
        self._store.put_blueprint(new)
        return new

    def replace(self, identifier: str, sent: Document) -> Document:
        """Put a whole blueprint in the place of another."""
        old = self._get(identifier)
        kept = {"identifier": identifier, "createdAt": old["createdAt"]}
        new = blueprint_rules.completed({**sent, **kept})
        blueprint_rules.check(new, self._exists)
        blueprint_rules.check_change(old, new)
        new["updatedAt"] = timestamps.formatted(self._clock())
        self._store.put_blueprint(new)
        return new

    def delete(self, identifier: str) -> None:
        """Take an empty blueprint away that no other points at."""
        self._get(identifier)
        if entities := self._store.count(identifier):
            raise HasDependents(
                f'Blueprint "{identifier}" cannot be deleted: it has {entities} entities'
            )
        for other in self._store.blueprints():
            relations = other["relations"].values()
            if other["identifier"] != identifier and any(
                relation["target"] == identifier for relation in relations
            ):
                raise HasDependents(
                    f'Blueprint "{identifier}" cannot be deleted: "{other["identifier"]}"'
                    " has a relation to it"
                )
        self._store.remove_blueprint(identifier)

    def _get(self, identifier: str) -> Document:
        found = self._store.blueprint(identifier)
        if found is None:
            raise NotFound.blueprint(identifier)
        return found

    def _exists(self, identifier: str) -> bool:
        return self._store.blueprint(identifier) is not None
