"""The first rows of a table of entities."""

from dataclasses import dataclass
from typing import Any

from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.page.cells import definitions
from port_sandbox.page.rows import Column, Line, rows
from port_sandbox.page.widgets.readings import Readings

MOST = 10
# How many twelfths of a row a table takes; a column needs more than one of them, and the title two.
SIZE, WHOLE_ROW = "size", 12
NAMED = {"$title", "$identifier"}


@dataclass(frozen=True, slots=True)
class TableView:
    """What is shown; the rest is in the catalog."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: int
    blueprint: str
    empty: str
    look: str = "table"


def table(widget: Document, readings: Readings) -> TableView:
    name = widget["blueprint"]
    blueprint = readings.blueprint(name)
    config: Document = (widget.get("blueprintConfig") or {}).get(name) or {}
    found = _sorted(readings.matching(name, widget.get("dataset")), config, readings)
    first = found[:MOST]
    shown = rows(
        readings.sandbox.tables,
        blueprint,
        first,
        [readings.properties(one) for one in first],
        _columns(config, blueprint)[: _room(widget)],
    )
    empty = str(widget.get("emptyStateText") or "There is nothing to show.")
    return TableView(shown.columns, shown.lines, len(found), name, empty)


def _room(widget: Document) -> int:
    size = int(widget.get(SIZE, WHOLE_ROW))
    return size - 3 if size == WHOLE_ROW else max(1, size - 2 - size // 4)


def _columns(config: Document, blueprint: Document) -> list[str]:
    settings: Document = config.get("propertiesSettings") or {}
    usual = [*definitions(blueprint), *blueprint["relations"]]
    listed = settings.get("shown") or usual
    chosen = [one for one in listed if one not in NAMED and one not in settings.get("hidden", ())]
    order = {name: place for place, name in enumerate(settings.get("order") or ())}
    return sorted(chosen, key=lambda one: order.get(one, len(order)))


def _sorted(found: list[Entity], config: Document, readings: Readings) -> list[Entity]:
    """Return the entities in their order; those without a value come last."""
    for rule in reversed((config.get("sortSettings") or {}).get("sortBy") or ()):
        name = str(rule.get("property"))
        values = {one.key: readings.value(one, name) for one in found}
        filled = [one for one in found if values[one.key] not in (None, "", [])]
        filled.sort(key=lambda one: _rank(values[one.key]), reverse=rule.get("order") == "desc")
        found = filled + [one for one in found if values[one.key] in (None, "", [])]
    return found


def _rank(value: Any) -> tuple[int, float, str]:
    if isinstance(value, bool | int | float):
        return 0, float(value), ""
    return 1, 0, str(value).casefold()
