"""What is shown of one entity: its values, both directions of its relations, its history."""

from dataclasses import dataclass
from typing import Any

from port_sandbox.core.entities import Entity, Key, targets
from port_sandbox.core.json_types import Document
from port_sandbox.core.news import moment_of
from port_sandbox.page.cells import Cell, cell, cells, definitions, related
from port_sandbox.sandbox import Sandbox
from port_sandbox.storage.tables import UPDATED, Choice, Order

# A page has hundreds of components; their list is a table of its own.
MOST = 12


@dataclass(frozen=True, slots=True)
class Value:
    """One property."""

    title: str
    description: str | None
    computed: bool
    cell: Cell


@dataclass(frozen=True, slots=True)
class Pointers:
    """Those that point here by the same relation."""

    blueprint: Document
    relation: str
    title: str
    first: Cell
    count: int


def values_of(blueprint: Document, properties: Document) -> list[Value]:
    """Return all properties, the empty ones too."""
    stored = blueprint["schema"]["properties"]
    shown = cells(properties, blueprint)
    return [
        Value(
            one.get("title") or name,
            one.get("description"),
            name not in stored,
            shown[name],
        )
        for name, one in definitions(blueprint).items()
    ]


def points_at(sandbox: Sandbox, entity: Entity, blueprint: Document) -> list[tuple[str, Cell]]:
    """Return what each relation points at."""
    found: list[tuple[str, Cell]] = []
    for name, relation in blueprint["relations"].items():
        ends = targets(entity.relations.get(name))
        names = sandbox.tables.names(relation["target"], ends)
        shown = {one: names.get(one, one) for one in ends}
        found.append((relation.get("title") or name, related(relation["target"], shown)))
    return found


def pointed_at(sandbox: Sandbox, key: Key) -> list[Pointers]:
    """Return who points here: the newest, and how many there are."""
    found: list[Pointers] = []
    for source, relation, count in sandbox.catalog.count_pointers_to(key):
        blueprint = sandbox.reads.blueprint(source)
        choice = Choice(source, ends={relation: key})
        newest = Order(moment_of(blueprint) or UPDATED, descending=True)
        first = sandbox.tables.page(choice, newest, MOST)
        found.append(
            Pointers(
                blueprint,
                relation,
                blueprint["relations"][relation].get("title") or relation,
                related(source, {one.identifier: one.name for one in first}),
                count,
            )
        )
    return found


def history_of(sandbox: Sandbox, key: Key, blueprint: Document) -> list[Document]:
    """Return what happened, the newest first."""
    known = definitions(blueprint)
    return [
        {**one, "changes": [_change(n, v, known) for n, v in one["changes"].items()]}
        for one in sandbox.history.of(key)
    ]


def _change(path: str, values: list[Any], known: dict[str, Document]) -> Document:
    definition = known.get(path.removeprefix("properties."), {})
    name = definition.get("title") or path.partition(".")[2] or path
    return {
        "name": name,
        "before": cell(values[0], definition),
        "after": cell(values[1], definition),
    }
