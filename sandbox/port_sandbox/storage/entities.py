"""Entities, what points at what, and blueprints."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from port_sandbox.core.entities import Entity, Key, targets
from port_sandbox.core.json_types import Document
from port_sandbox.core.validation import EntityRules
from port_sandbox.storage.database import Database, Row, packed, unpacked

COLUMNS = (
    "e.blueprint, e.identifier, e.title, e.icon, e.team, e.properties, e.relations, e.datasource,"
    " e.created_at, e.created_by, e.updated_at, e.updated_by"
)


class CatalogStore:
    """The catalog as it is stored."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # Blueprints are few and asked for all the time.
        self._blueprints: dict[str, Document] = {
            row["identifier"]: unpacked(row["document"])
            for row in database.all("SELECT * FROM blueprints")
        }
        self._rules: dict[str, EntityRules] = {}

    def blueprint(self, identifier: str) -> Document | None:
        return self._blueprints.get(identifier)

    def blueprints(self) -> list[Document]:
        """Return all blueprints, in the order in which they were made."""
        return list(self._blueprints.values())

    def rules(self, blueprint: str) -> EntityRules:
        if blueprint not in self._rules:
            self._rules[blueprint] = EntityRules(self._blueprints[blueprint])
        return self._rules[blueprint]

    def put_blueprint(self, document: Document) -> None:
        identifier = document["identifier"]
        self.database.execute(
            "INSERT INTO blueprints VALUES (?, ?)"
            " ON CONFLICT (identifier) DO UPDATE SET document = excluded.document",
            (identifier, packed(document)),
        )
        self._blueprints[identifier] = document
        self._rules.pop(identifier, None)

    def remove_blueprint(self, identifier: str) -> None:
        self.database.execute("DELETE FROM blueprints WHERE identifier = ?", (identifier,))
        self._blueprints.pop(identifier, None)
        self._rules.pop(identifier, None)

    def entity(self, key: Key) -> Entity | None:
        row = self.database.first(
            f"SELECT {COLUMNS} FROM entities e WHERE blueprint = ? AND identifier = ?",  # noqa: S608
            key,
        )
        return entity_of(row) if row else None

    def has(self, key: Key) -> bool:
        return (
            self.database.first(
                "SELECT 1 FROM entities WHERE blueprint = ? AND identifier = ?", key
            )
            is not None
        )

    def entities(self, blueprint: str | None = None) -> Iterator[Entity]:
        """Return all entities, or those of a blueprint."""
        where, values = ("WHERE blueprint = ?", [blueprint]) if blueprint else ("", [])
        rows = self.database.all(
            f"SELECT {COLUMNS} FROM entities e {where} ORDER BY rowid",  # noqa: S608
            values,
        )
        return (entity_of(row) for row in rows)

    def called(self, identifiers: Iterable[str]) -> list[Entity]:
        """Return the entities of any blueprint that have one of these identifiers."""
        rows = self.database.all(
            f"SELECT {COLUMNS} FROM entities e"  # noqa: S608
            " WHERE identifier IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            (packed(list(identifiers)),),
        )
        return [entity_of(row) for row in rows]

    def count(self, blueprint: str) -> int:
        return self.database.number(
            "SELECT count(*) FROM entities WHERE blueprint = ?", (blueprint,)
        )

    def put(self, entity: Entity) -> None:
        """Keep an entity and what it points at."""
        self.database.execute(
            "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (blueprint, identifier) DO UPDATE SET title = excluded.title,"
            " icon = excluded.icon, team = excluded.team, properties = excluded.properties,"
            " relations = excluded.relations, datasource = excluded.datasource,"
            " updated_at = excluded.updated_at, updated_by = excluded.updated_by",
            (
                *entity.key,
                packed(entity.title),
                packed(entity.icon),
                packed(entity.team),
                packed(entity.properties),
                packed(entity.relations),
                entity.datasource,
                entity.created_at,
                entity.created_by,
                entity.updated_at,
                entity.updated_by,
            ),
        )
        self._forget_pointers(entity.key)
        self.database.execute_many(
            "INSERT OR IGNORE INTO pointers VALUES (?, ?, ?, ?, ?)", self._pointers(entity)
        )

    def remove(self, key: Key) -> None:
        """Forget an entity and what it points at."""
        self.database.execute("DELETE FROM entities WHERE blueprint = ? AND identifier = ?", key)
        self._forget_pointers(key)

    def pointing_at(self, key: Key, relation: str, blueprint: str) -> list[Entity]:
        """Return the entities of a blueprint whose relation points at an entity."""
        rows = self.database.all(
            f"SELECT {COLUMNS} FROM pointers p JOIN entities e"  # noqa: S608
            " ON e.blueprint = p.blueprint AND e.identifier = p.identifier"
            " WHERE p.target_blueprint = ? AND p.target = ? AND p.relation = ? AND p.blueprint = ?",
            (*key, relation, blueprint),
        )
        return [entity_of(row) for row in rows]

    def pointers_to(self, key: Key) -> list[tuple[Key, str]]:
        """Return who points at an entity, and by which relation."""
        rows = self.database.all(
            "SELECT blueprint, identifier, relation FROM pointers"
            " WHERE target_blueprint = ? AND target = ?"
            " ORDER BY blueprint, relation, identifier",
            key,
        )
        return [((row["blueprint"], row["identifier"]), row["relation"]) for row in rows]

    def count_pointers_to(self, key: Key) -> list[tuple[str, str, int]]:
        """Return how many entities of which blueprint point at an entity by which relation."""
        rows = self.database.all(
            "SELECT blueprint, relation, count(*) AS sources FROM pointers"
            " WHERE target_blueprint = ? AND target = ? GROUP BY blueprint, relation"
            " ORDER BY blueprint, relation",
            key,
        )
        return [(row["blueprint"], row["relation"], row["sources"]) for row in rows]

    def sources_of(self, key: Key) -> set[Key]:
        """Return the keys of all that points at an entity."""
        return {source for source, _ in self.pointers_to(key)}

    def written_by(
        self, prefix: str, suffix: str, before: str | None, after: int, limit: int
    ) -> list[tuple[int, Key]]:
        """Return a page of what an integration wrote, not touched since a moment, with its place.

        Between the prefix and the suffix stands the version and nothing else: an integration whose
        name ends like another's owns nothing of it.
        """
        rows = self.database.all(
            "SELECT rowid AS place, blueprint, identifier FROM entities WHERE rowid > :after"
            " AND length(datasource) >= length(:prefix) + length(:suffix)"
            " AND substr(datasource, 1, length(:prefix)) = :prefix"
            " AND substr(datasource, -length(:suffix)) = :suffix"
            " AND instr(substr(datasource, length(:prefix) + 1,"
            "   length(datasource) - length(:prefix) - length(:suffix)), '/') = 0"
            " AND (:before IS NULL OR updated_at < :before) ORDER BY rowid LIMIT :limit",
            {"after": after, "prefix": prefix, "suffix": suffix, "before": before, "limit": limit},
        )
        return [(row["place"], (row["blueprint"], row["identifier"])) for row in rows]

    def _forget_pointers(self, key: Key) -> None:
        self.database.execute("DELETE FROM pointers WHERE blueprint = ? AND identifier = ?", key)

    def _pointers(self, entity: Entity) -> Sequence[tuple[str, ...]]:
        relations = (self.blueprint(entity.blueprint) or {}).get("relations", {})
        return [
            (relations[name]["target"], target, name, *entity.key)
            for name, value in entity.relations.items()
            if name in relations
            for target in targets(value)
        ]


def existing(store: CatalogStore, keys: Iterable[Key]) -> list[Entity]:
    """Return those entities that are there."""
    return [found for key in keys if (found := store.entity(key)) is not None]


def entity_of(row: Row) -> Entity:
    values: dict[str, Any] = dict(row)
    return Entity(
        **{
            **values,
            "title": unpacked(values["title"]),
            "icon": unpacked(values["icon"]),
            "team": tuple(unpacked(values["team"])),
            "properties": unpacked(values["properties"]),
            "relations": unpacked(values["relations"]),
        }
    )
