"""Upserts and deletions, by Port's rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from port_sandbox.core import merge, timestamps
from port_sandbox.core.entities import Entity, Key, targets
from port_sandbox.core.json_types import Document
from port_sandbox.core.validation import check_sent
from port_sandbox.errors import Answer, Conflict, HasDependents, NotFound
from port_sandbox.storage.entities import CatalogStore
from port_sandbox.storage.history import HistoryStore

# Port makes no person and no team because an entity names one.
NEVER_MADE = {"_user", "_team"}


@dataclass(frozen=True, slots=True)
class Options:
    """How to upsert."""

    upsert: bool = False
    merge: bool = False
    create_missing_related_entities: bool = False
    validation_only: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes."""

    name: str
    datasource: str | None = None
    # Whether a live event is the reason.
    live: bool = False


class CatalogWrites:
    """Changes the catalog, and notes what changed."""

    def __init__(self, store: CatalogStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._history = HistoryStore(store.database)
        self._clock = clock

    def upsert(
        self, blueprint: str, sent: object, options: Options, writer: Writer
    ) -> tuple[Entity, bool]:
        """Write one entity; return it, and whether it is new."""
        if self._store.blueprint(blueprint) is None:
            raise NotFound.blueprint(blueprint)
        rules = self._store.rules(blueprint)
        document = rules.kept(check_sent(sent))
        old = self._store.entity((blueprint, document["identifier"]))
        if old is not None and not options.upsert:
            raise Conflict(
                f'Entity with identifier "{old.identifier}" already exists'
                f' in the blueprint "{blueprint}"'
            )
        merged = merge.upserted(old, document, blueprint, merge=options.merge)
        rules.check(merged)
        missing = self._missing(merged)
        if missing and not options.create_missing_related_entities:
            raise NotFound.entity(*missing[0])
        if forbidden := [key for key in missing if key[0] in NEVER_MADE]:
            raise NotFound.entity(*forbidden[0])
        if not options.validation_only:
            with self._store.database.transaction():
                for key in missing:
                    self._write(Entity(*key), None, writer)
                merged = self._write(merged, old, writer)
        return merged, old is None

    def upsert_many(
        self, blueprint: str, sent: Sequence[object], options: Options, writer: Writer
    ) -> tuple[list[Document], list[Document]]:
        """Write entities, each for itself; return what was written and what was refused."""
        if self._store.blueprint(blueprint) is None:
            raise NotFound.blueprint(blueprint)
        written: list[Document] = []
        refused: list[Document] = []
        with self._store.database.transaction():
            for index, one in enumerate(sent):
                try:
                    entity, created = self.upsert(blueprint, one, options, writer)
                except Answer as answer:
                    refused.append(_refusal(one, index, answer))
                else:
                    written.append(
                        {"identifier": entity.identifier, "index": index, "created": created}
                    )
        return written, refused

    def delete(self, keys: Sequence[Key], writer: Writer, *, dependents: bool) -> list[Key]:
        """Delete entities that are there, all or none; return which.

        With dependents, all that points at them goes too; without, a required pointer forbids it
        and the others are emptied.
        """
        found = [key for key in keys if self._store.has(key)]
        with self._store.database.transaction():
            to_delete = self._with_dependents(found) if dependents else dict.fromkeys(found)
            for key in to_delete:
                self._cut_pointers(key, to_delete, writer)
            for key in to_delete:
                self._remove(key, writer)
        return found

    def _with_dependents(self, keys: Sequence[Key]) -> dict[Key, None]:
        to_delete = dict.fromkeys(keys)
        waiting = list(keys)
        while waiting:
            for source in sorted(self._store.sources_of(waiting.pop())):
                if source not in to_delete:
                    to_delete[source] = None
                    waiting.append(source)
        return to_delete

    def _cut_pointers(self, key: Key, to_delete: dict[Key, None], writer: Writer) -> None:
        for source, relation in self._store.pointers_to(key):
            if source in to_delete:
                continue
            blueprint = self._store.blueprint(source[0]) or {}
            if blueprint["relations"][relation].get("required"):
                raise HasDependents(
                    f'Entity "{key[1]}" of the blueprint "{key[0]}" cannot be deleted:'
                    f' "{source[1]}" of "{source[0]}" depends on it'
                )
            old = self._store.entity(source)
            if old is not None:
                self._write(merge.without(old, relation, key[1]), old, writer)

    def _remove(self, key: Key, writer: Writer) -> None:
        old = self._store.entity(key)
        self._store.remove(key)
        at = timestamps.formatted(self._clock())
        changes = merge.changes(old, None)
        self._history.note(key, "deleted", at, writer.name, changes, live=writer.live)

    def _write(self, entity: Entity, old: Entity | None, writer: Writer) -> Entity:
        at = timestamps.formatted(self._clock())
        new = merge.stamped(entity, old, at=at, by=writer.name, datasource=writer.datasource)
        self._store.put(new)
        changes = merge.changes(old, new)
        # An upsert that changes nothing is no event of the entity's life.
        if changes or old is None:
            action = "created" if old is None else "updated"
            self._history.note(new.key, action, at, writer.name, changes, live=writer.live)
        return new

    def _missing(self, entity: Entity) -> list[Key]:
        relations = self._store.rules(entity.blueprint).relations
        named = [
            (relations[name]["target"], target)
            for name, value in entity.relations.items()
            for target in targets(value)
        ]
        return [
            key for key in dict.fromkeys(named) if key != entity.key and not self._store.has(key)
        ]


def _refusal(sent: object, index: int, answer: Answer) -> Document:
    identifier = sent.get("identifier") if isinstance(sent, dict) else None
    return {
        "identifier": identifier if isinstance(identifier, str) else "unknown",
        "index": index,
        "statusCode": answer.status,
        "error": answer.code,
        "message": str(answer),
    }
