"""The table of a blueprint's entities: chosen, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from port_sandbox.catalog.reads import CatalogReads
from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.json_types import Document
from port_sandbox.page.cells import Cell, cell, definitions, related
from port_sandbox.page.table_query import TableQuery
from port_sandbox.storage.tables import TITLE, UPDATED, Choice, Order, TableStore

ROWS = 50


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


def table_of(
    tables: TableStore, reads: CatalogReads, blueprint: Document, query: TableQuery, now: datetime
) -> Table:
    """Return a page of the table; columns without a value on it are left out."""
    choice = query.choice(blueprint)
    found = tables.count(choice)
    pages = max(1, -(-found // ROWS))
    page = min(max(query.page, 1), pages)
    shown = _shown(tables, reads, blueprint, choice, query, page, now)
    values = [reads.shown(entity, now)["properties"] for entity in shown]
    columns = {
        name: [cell(one.get(name), definition) for one in values]
        for name, definition in definitions(blueprint).items()
    }
    columns |= {
        name: _ends(tables, relation["target"], [one.relations.get(name) for one in shown])
        for name, relation in blueprint["relations"].items()
    }
    used = [
        name
        for name in _ordered(blueprint)
        if any(one.look != "empty" for one in columns.get(name, ()))
    ]
    known = {**definitions(blueprint), **blueprint["relations"]}
    return Table(
        columns=tuple(Column(n, _title(n, known[n]), _numeric(known[n])) for n in used),
        lines=tuple(
            Line(entity, tuple(columns[name][row] for name in used))
            for row, entity in enumerate(shown)
        ),
        found=found,
        page=page,
        pages=pages,
        hidden=len(known) - len(used) if shown else 0,
    )


def _shown(
    tables: TableStore,
    reads: CatalogReads,
    blueprint: Document,
    choice: Choice,
    query: TableQuery,
    page: int,
    now: datetime,
) -> list[Entity]:
    relation = query.sort in blueprint["relations"]
    stored = relation or query.sort in {TITLE, UPDATED, *blueprint["schema"]["properties"]}
    computed = not stored and query.sort in definitions(blueprint)
    if not computed:
        order = Order(query.sort if stored else "", relation, query.descending)
        return tables.page(choice, order, ROWS, (page - 1) * ROWS)
    # What is computed stands in no table: here every chosen entity has to be read.
    every = tables.page(choice, Order())
    keys = {one.key: reads.shown(one, now)["properties"].get(query.sort) for one in every}
    every.sort(key=lambda one: _rank(keys[one.key]), reverse=query.descending)
    every.sort(key=lambda one: _empty(keys[one.key]))
    return every[(page - 1) * ROWS : page * ROWS]


def _ends(tables: TableStore, blueprint: str, values: list[Any]) -> list[Cell]:
    """Return what a relation of each entity points at, read all at once."""
    wanted = dict.fromkeys(one for value in values for one in targets(value))
    names = tables.names(blueprint, list(wanted)) if wanted else {}
    return [
        related(blueprint, {one: names.get(one, one) for one in targets(value)}) for value in values
    ]


def _rank(value: Any) -> tuple[int, float, str]:
    if isinstance(value, bool | int | float):
        return 0, float(value), ""
    return 1, 0, "" if value is None else str(value).casefold()


def _ordered(blueprint: Document) -> list[str]:
    """Return the names of the columns: colours say most, then relations; long texts come last."""

    def weight(definition: Document) -> int:
        if definition.get("enum") or definition.get("colors"):
            return 0
        return 3 if definition.get("format") == "markdown" else 2

    weights = {name: weight(one) for name, one in definitions(blueprint).items()}
    weights |= dict.fromkeys(blueprint["relations"], 1)
    return sorted(weights, key=lambda name: weights[name])


def _numeric(definition: Document) -> bool:
    return definition.get("type") == "number" or "calculationSpec" in definition


def _title(name: str, definition: Document) -> str:
    return str(definition.get("title") or name)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
