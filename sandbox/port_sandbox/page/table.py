"""The table of a blueprint's entities: chosen, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from port_sandbox.catalog.reads import CatalogReads
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.core.news import moment_of
from port_sandbox.page.cells import definitions
from port_sandbox.page.rows import Column, Line, rows
from port_sandbox.page.table_query import TableQuery
from port_sandbox.storage.tables import TITLE, UPDATED, Choice, Order, TableStore

ROWS = 50
# So many columns need no scrolling to the side.
FIRST = 6


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    found: int
    page: int
    pages: int
    # How many columns are left out: those without a value, and those that there is no room for.
    hidden: int
    more: int


def table_of(
    tables: TableStore, reads: CatalogReads, blueprint: Document, query: TableQuery, now: datetime
) -> Table:
    """Return a page of the table; columns without a value on it are left out."""
    choice = query.choice(blueprint)
    found = tables.count(choice)
    pages = max(1, -(-found // ROWS))
    page = min(max(query.page, 1), pages)
    shown = _shown(tables, reads, blueprint, choice, query, page, now)
    properties = [reads.shown(entity, now)["properties"] for entity in shown]
    whole = rows(tables, blueprint, shown, properties, _ordered(blueprint))
    used = [
        place
        for place in range(len(whole.columns))
        if any(line.cells[place].look != "empty" for line in whole.lines)
    ]
    filled = len(used)
    if not query.wide:
        wanted = {query.sort, moment_of(blueprint)}
        used = [
            place
            for rank, place in enumerate(used)
            if rank < FIRST or whole.columns[place].name in wanted
        ]
    return Table(
        columns=tuple(whole.columns[place] for place in used),
        lines=tuple(
            Line(one.entity, tuple(one.cells[place] for place in used)) for one in whole.lines
        ),
        found=found,
        page=page,
        pages=pages,
        hidden=len(whole.columns) - filled if shown else 0,
        more=filled - len(used),
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
    news = moment_of(blueprint)
    if not query.sort and news:
        return tables.page(choice, Order(news, descending=True), ROWS, (page - 1) * ROWS)
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


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
