"""Entities as they are read: with what is computed from others."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from port_sandbox.core import candidates
from port_sandbox.core.aggregation import aggregations
from port_sandbox.core.calculation import calculations, mirrors
from port_sandbox.core.entities import Entity, Key
from port_sandbox.core.json_types import Document
from port_sandbox.core.scorecards import scored
from port_sandbox.core.search import compile_query
from port_sandbox.core.subject import ComputedSubject, StoredSubject
from port_sandbox.errors import NotFound
from port_sandbox.storage.documents import DocumentStore
from port_sandbox.storage.entities import CatalogStore, existing


class CatalogReads:
    def __init__(self, store: CatalogStore, scorecards: DocumentStore) -> None:
        self.store = store
        self._scorecards = scorecards

    def entity(self, key: Key) -> Entity:
        self.blueprint(key[0])
        found = self.store.entity(key)
        if found is None:
            raise NotFound.entity(*key)
        return found

    def blueprint(self, identifier: str) -> Document:
        found = self.store.blueprint(identifier)
        if found is None:
            raise NotFound.blueprint(identifier)
        return found

    def shown(self, entity: Entity, now: datetime) -> Document:
        """Return an entity with its computed properties.

        A calculation sees mirrors but neither aggregations nor other calculations, as in Port.
        """
        blueprint = self.blueprint(entity.blueprint)
        seen = entity.document({**entity.properties, **mirrors(entity, blueprint, self.store)})
        properties: dict[str, Any] = {
            **seen["properties"],
            **calculations(seen, blueprint),
            **aggregations(entity, blueprint, self.store, now),
        }
        return {**seen, "properties": properties}

    def scores(self, entity: Entity, shown: Document, now: datetime) -> Document:
        """Return the entity's level on each scorecard of its blueprint."""
        subject = ComputedSubject(entity, shown["properties"], self.store)
        found = {
            scorecard["identifier"]: scored(scorecard, subject, now)
            for scorecard in self._scorecards.all(entity.blueprint)
        }
        return {name: score for name, score in found.items() if score is not None}

    def search(self, query: Document, now: datetime, *, computed: bool) -> list[Entity]:
        """Return the entities that a query matches, asking for computed properties or not."""
        rule = compile_query(query, now)
        found: list[Entity] = []
        for entity in self._candidates(query):
            subject = StoredSubject(entity, self.store)
            if computed:
                properties = self.shown(entity, now)["properties"]
                subject = ComputedSubject(entity, properties, self.store)
            if rule(subject):
                found.append(entity)
        return found

    def _candidates(self, query: Document) -> Iterable[Entity]:
        keys = candidates.keys(query)
        if keys is not None:
            return existing(self.store, sorted(keys))
        return self.store.entities(candidates.blueprint(query))
