"""The table of a blueprint's entities: chosen, sorted, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from port_sandbox.catalog.reads import CatalogReads
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.page.cells import Cell, cell, definitions

ROWS = 50
# Port's own columns, beside those of the blueprint.
TITLE, UPDATED = "$title", "$updatedAt"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see."""

    text: str = ""
    enums: Mapping[str, str] | None = None
    sort: str = ""
    descending: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    title: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One entity."""

    entity: Entity
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    found: int
    page: int
    pages: int
    hidden: int


def table_of(reads: CatalogReads, blueprint: Document, wish: Wish, now: datetime) -> Table:
    """Return a page of the table; columns without a value on it are left out."""
    every = reads.store.entities(blueprint["identifier"])
    chosen = [entity for entity in every if _wanted(entity, wish)]
    _sort(chosen, reads, blueprint, wish, now)
    pages = max(1, -(-len(chosen) // ROWS))
    page = min(max(wish.page, 1), pages)
    shown = chosen[(page - 1) * ROWS : page * ROWS]
    values = [reads.shown(entity, now)["properties"] for entity in shown]
    known = _ordered(definitions(blueprint))
    used = [name for name in known if any(not _empty(one.get(name)) for one in values)]
    relations = [
        name
        for name in blueprint["relations"]
        if any(not _empty(entity.relations.get(name)) for entity in shown)
    ]
    columns = [Column(name, _title(name, known[name]), _numeric(known[name])) for name in used]
    columns += [
        Column(name, _title(name, blueprint["relations"][name]), numeric=False)
        for name in relations
    ]
    lines = [
        Line(
            entity,
            (
                *(cell(properties.get(name), known[name]) for name in used),
                *(cell(entity.relations.get(name), {}) for name in relations),
            ),
        )
        for entity, properties in zip(shown, values, strict=True)
    ]
    hidden = len(known) + len(blueprint["relations"]) - len(columns)
    return Table(tuple(columns), tuple(lines), len(chosen), page, pages, hidden if shown else 0)


def enum_filters(blueprint: Document) -> dict[str, Document]:
    """Return the properties that can be chosen from a list."""
    properties: dict[str, Document] = blueprint["schema"]["properties"]
    return {name: one for name, one in properties.items() if one.get("enum")}


def _wanted(entity: Entity, wish: Wish) -> bool:
    for name, value in (wish.enums or {}).items():
        if str(entity.properties.get(name)) != value:
            return False
    needle = wish.text.casefold()
    held: Sequence[Any] = (entity.identifier, entity.title, *entity.properties.values())
    return not needle or any(needle in value.casefold() for value in held if isinstance(value, str))


def _sort(
    entities: list[Entity], reads: CatalogReads, blueprint: Document, wish: Wish, now: datetime
) -> None:
    name = wish.sort
    stored = blueprint["schema"]["properties"].keys() | blueprint["relations"].keys()
    if name in {TITLE, UPDATED}:
        key = {entity.key: entity.meta(name) or entity.name for entity in entities}
    elif name in stored:
        key = {e.key: e.properties.get(name, e.relations.get(name)) for e in entities}
    elif name in definitions(blueprint):
        key = {e.key: reads.shown(e, now)["properties"].get(name) for e in entities}
    else:
        return
    # The empty ones stand at the end, whichever way the others run.
    entities.sort(key=lambda entity: _rank(key[entity.key]), reverse=wish.descending)
    entities.sort(key=lambda entity: _empty(key[entity.key]))


def _rank(value: Any) -> tuple[int, float, str]:
    if isinstance(value, bool | int | float):
        return 0, float(value), ""
    return 1, 0, "" if value is None else str(value).casefold()


def _ordered(known: dict[str, Document]) -> dict[str, Document]:
    """Return the coloured ones first: they say most; and texts of many lines last."""

    def weight(definition: Document) -> int:
        if definition.get("enum") or definition.get("colors"):
            return 0
        return 2 if definition.get("format") == "markdown" else 1

    return dict(sorted(known.items(), key=lambda item: weight(item[1])))


def _numeric(definition: Document) -> bool:
    return definition.get("type") == "number"


def _title(name: str, definition: Document) -> str:
    return str(definition.get("title") or name)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
