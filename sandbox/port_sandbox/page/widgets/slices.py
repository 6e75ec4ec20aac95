"""Pies and bars: how often each value of a property occurs."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from port_sandbox.core.dataset import names_in
from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.json_types import Document
from port_sandbox.page.cells import COLORS, definitions
from port_sandbox.page.widgets.readings import Readings

# Those without a colour of their own take these in turn.
PALETTE = ("blue", "turquoise", "purple", "gold", "pink", "lime", "paleBlue", "brown", "silver")
EMPTY = "none"
MOST = 12


@dataclass(frozen=True, slots=True)
class Slice:
    """One value; `before` is the share of those before it, in hundredths like its own."""

    name: str
    count: int
    color: str
    share: float
    before: float
    # The value of an enum, where a table can be asked for it.
    value: str


@dataclass(frozen=True, slots=True)
class Slices:
    """What is shown."""

    slices: tuple[Slice, ...]
    total: int
    blueprint: str
    # The property that a table can be asked for.
    property: str
    look: str


def pie(widget: Document, readings: Readings) -> Slices:
    return _slices(widget, readings, "pie")


def bars(widget: Document, readings: Readings) -> Slices:
    return _slices(widget, readings, "bars")


def colors_of(definition: Document) -> dict[str, str]:
    """Return the colour of each value that has one."""
    colors = definition.get("enumColors") or definition.get("colors") or {}
    return {str(value): color for value, color in colors.items() if color in COLORS}


def _slices(widget: Document, readings: Readings, look: str) -> Slices:
    blueprint = widget["blueprint"]
    kind, _, name = str(widget["property"]).rpartition("#")
    found = readings.matching(blueprint, widget.get("dataset"))
    counts = Counter(text for one in found for text in _texts(one, kind, name, readings))
    definition = definitions(readings.blueprint(blueprint)).get(name, {})
    colors = colors_of(definition) | _levels(kind, name, blueprint, readings)
    order = [str(value) for value in definition.get("enum") or ()]
    ranked = sorted(
        counts, key=lambda one: (order.index(one) if one in order else len(order), -counts[one])
    )
    names = _names(kind, name, blueprint, ranked, readings)
    total, before, slices, free = counts.total(), 0.0, list[Slice](), iter(PALETTE * 40)
    for text in ranked[:MOST]:
        share = 100 * counts[text] / total
        color = colors.get(text) or ("lightGray" if text == EMPTY else next(free))
        slices.append(
            Slice(names.get(text, text), counts[text], color, share, before, text if order else "")
        )
        before += share
    # A table that knows no dataset can only show those of the whole blueprint.
    whole = names_in(widget.get("dataset")) <= {"$blueprint"}
    asked = name if order and whole and not kind.startswith("scorecard") else ""
    return Slices(tuple(slices), total, blueprint, asked, look)


def _texts(entity: Entity, kind: str, name: str, readings: Readings) -> list[str]:
    """Return the values of an entity, as they are counted."""
    value: Any
    if kind.startswith("scorecard"):
        value = _outcome(readings.scores(entity), kind, name)
    elif kind == "relation":
        return list(targets(entity.relations.get(name))) or [EMPTY]
    else:
        value = readings.value(entity, name)
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(one) for one in value] or [EMPTY]
    return [EMPTY if value in (None, "") else str(value)]


def _names(
    kind: str, name: str, blueprint: str, ends: list[str], readings: Readings
) -> dict[str, str]:
    """Return the titles of the entities that a relation points at."""
    relation = readings.blueprint(blueprint)["relations"].get(name)
    if kind != "relation" or relation is None:
        return {}
    return readings.sandbox.tables.names(relation["target"], ends)


def _outcome(scores: Document, kind: str, name: str) -> Any:
    """Return the level on a scorecard, or whether one of its rules is met."""
    if kind == "scorecard":
        return scores.get(name, {}).get("level")
    card = kind.rpartition("#")[2]
    for rule in scores.get(card, {}).get("rules", ()):
        if rule["identifier"] == name:
            return "passed" if rule["status"] == "SUCCESS" else "not passed"
    return None


def _levels(kind: str, name: str, blueprint: str, readings: Readings) -> dict[str, str]:
    if kind != "scorecard":
        return {}
    card = readings.sandbox.scorecards.find(name, blueprint) or {}
    return {one["title"]: one.get("color", "lightGray") for one in card.get("levels") or ()}
