"""Entities as the rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.json_types import Document
from port_sandbox.page.cells import Cell, cells, definitions, related
from port_sandbox.storage.tables import TableStore


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
class Rows:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def rows(
    tables: TableStore,
    blueprint: Document,
    entities: Sequence[Entity],
    properties: Sequence[Document],
    names: Sequence[str],
) -> Rows:
    """Return the chosen columns of entities whose properties were read; unknown names are none."""
    relations = blueprint["relations"]
    known = {**definitions(blueprint), **relations}
    chosen = [name for name in names if name in known]
    own = [cells(one, blueprint) for one in properties]
    ends = {
        name: _ends(
            tables, relations[name]["target"], [one.relations.get(name) for one in entities]
        )
        for name in chosen
        if name in relations
    }
    return Rows(
        columns=tuple(
            Column(name, _title(name, known[name]), _numeric(known[name])) for name in chosen
        ),
        lines=tuple(
            Line(
                entity,
                tuple(ends[name][place] if name in ends else own[place][name] for name in chosen),
            )
            for place, entity in enumerate(entities)
        ),
    )


def _ends(tables: TableStore, blueprint: str, values: list[Any]) -> list[Cell]:
    """Return what a relation of each entity points at, read all at once."""
    wanted = dict.fromkeys(one for value in values for one in targets(value))
    names = tables.names(blueprint, list(wanted)) if wanted else {}
    return [
        related(blueprint, {one: names.get(one, one) for one in targets(value)}) for value in values
    ]


def _numeric(definition: Document) -> bool:
    return definition.get("type") == "number" or "calculationSpec" in definition


def _title(name: str, definition: Document) -> str:
    return str(definition.get("title") or name)
