"""A page of a blueprint's entities: chosen, ordered and cut by SQLite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from port_sandbox.core.entities import Entity
from port_sandbox.storage.database import Database, packed, unpacked
from port_sandbox.storage.entities import COLUMNS, entity_of

TITLE, UPDATED = "$title", "$updatedAt"
NAME = "coalesce(json_extract({0}.title, '$'), {0}.identifier)"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entities of a blueprint: all, or those that fit."""

    blueprint: str
    text: str = ""
    # What properties have to be, and what relations have to point at.
    values: Mapping[str, str] = field(default_factory=dict)
    ends: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # The only identifiers that fit, where others have chosen already.
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """By which name, or as they were written where none is said."""

    name: str = ""
    relation: bool = False
    descending: bool = False


class TableStore:
    def __init__(self, database: Database) -> None:
        self._database = database
        database.add_function("mentions", mentions)

    def count(self, choice: Choice) -> int:
        where, values = _where(choice)
        return self._database.number(f"SELECT count(*) FROM entities e WHERE {where}", values)  # noqa: S608

    def page(
        self, choice: Choice, order: Order, limit: int | None = None, offset: int = 0
    ) -> list[Entity]:
        """Return the chosen entities from a place on; those without a value come last."""
        where, values = _where(choice)
        key, keys = _key(order)
        way = "DESC" if order.descending else "ASC"
        rows = self._database.all(
            f"SELECT {COLUMNS} FROM ("  # noqa: S608
            f"SELECT e.*, e.rowid AS written, {key} AS place FROM entities e WHERE {where}"
            ") e ORDER BY place IS NULL OR place IN ('', '[]', '{}'),"
            f" place COLLATE NOCASE {way}, written LIMIT ? OFFSET ?",
            (*keys, *values, -1 if limit is None else limit, offset),
        )
        return [entity_of(row) for row in rows]

    def names(self, blueprint: str, identifiers: Sequence[str]) -> dict[str, str]:
        rows = self._database.all(
            "SELECT identifier, title FROM entities"
            " WHERE blueprint = ? AND identifier IN (SELECT value FROM json_each(?))",
            (blueprint, packed(identifiers)),
        )
        return {row["identifier"]: unpacked(row["title"]) or row["identifier"] for row in rows}


def mentions(needle: str, identifier: str, title: str, properties: str) -> bool:
    """Tell whether any text of an entity holds the needle, small and large letters alike."""
    written = f"{identifier} {title} {properties}".casefold()
    plain = needle.isascii() and needle.isprintable() and not {'"', "\\"} & set(needle)
    # What is not even in the JSON need not be unpacked, unless some of it is written as \u....
    if plain and needle not in written and "\\u" not in written:
        return False
    held = (identifier, unpacked(title), *unpacked(properties).values())
    return any(needle in one.casefold() for one in held if isinstance(one, str))


def _where(choice: Choice) -> tuple[str, list[str]]:
    conditions, values = ["e.blueprint = ?"], [choice.blueprint]
    for name, value in choice.values.items():
        conditions.append(
            "EXISTS (SELECT 1 FROM json_each(e.properties) j"
            " WHERE j.key = ? AND CAST(j.value AS TEXT) = ?)"
        )
        values += [name, value]
    for relation, end in choice.ends.items():
        conditions.append(
            "EXISTS (SELECT 1 FROM pointers p WHERE p.target_blueprint = ? AND p.target = ?"
            " AND p.relation = ? AND p.blueprint = e.blueprint AND p.identifier = e.identifier)"
        )
        values += [*end, relation]
    if choice.only is not None:
        conditions.append("e.identifier IN (SELECT value FROM json_each(?))")
        values.append(packed(choice.only))
    if choice.text:
        conditions.append("mentions(?, e.identifier, e.title, e.properties)")
        values.append(choice.text.casefold())
    return " AND ".join(conditions), values


def _key(order: Order) -> tuple[str, list[str]]:
    if not order.name:
        return "1", []
    if order.name == TITLE:
        return NAME.format("e"), []
    if order.name == UPDATED:
        return "e.updated_at", []
    if order.relation:
        # What is shown is the name of what it points at.
        return (
            f"(SELECT min({NAME.format('t')}) FROM pointers p JOIN entities t"  # noqa: S608
            " ON t.blueprint = p.target_blueprint AND t.identifier = p.target"
            " WHERE p.blueprint = e.blueprint AND p.identifier = e.identifier AND p.relation = ?)"
        ), [order.name]
    return "(SELECT j.value FROM json_each(e.properties) j WHERE j.key = ?)", [order.name]
