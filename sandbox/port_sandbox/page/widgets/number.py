"""One number: how many entities there are, or a measure of one of their properties."""

from dataclasses import dataclass
from typing import Any

from port_sandbox.core.aggregation import measured
from port_sandbox.core.json_types import Document
from port_sandbox.core.search import compares
from port_sandbox.page.cells import COLORS, written_number
from port_sandbox.page.widgets.readings import Readings

UNITS = {"$", "€", "£"}


@dataclass(frozen=True, slots=True)
class Number:
    """What is shown."""

    text: str
    unit: str
    color: str
    message: str
    blueprint: str
    look: str = "number"


def number(widget: Document, readings: Readings) -> Number:
    value = _value(widget, readings)
    places = widget.get("decimalPlaces")
    if isinstance(value, float):
        value = round(value, places if isinstance(places, int) else 2)
    style = _style(widget.get("conditionalFormatting"), value)
    return Number(
        text="—" if value is None else written_number(value),
        unit=_unit(widget),
        color=str(style.get("color", "")) if style.get("color") in COLORS else "",
        message=str(style.get("message") or ""),
        blueprint=widget["blueprint"],
    )


def _value(widget: Document, readings: Readings) -> float | None:
    if widget.get("chartType") == "displaySingleProperty":
        for one in readings.entities(widget["blueprint"]):
            if one.identifier == widget.get("entity"):
                found = readings.value(one, str(widget.get("property")))
                return found if isinstance(found, int | float) else None
        return None
    found = readings.matching(widget["blueprint"], widget.get("dataset"))
    by_property = "property" if widget.get("property") else "entities"
    spec = {"calculationBy": by_property, "func": "count", **widget}
    return measured(spec, found, readings.now)


def _style(rules: Any, value: float | None) -> Document:
    """Return the first style whose condition the number meets."""
    for rule in rules or ():
        if compares(rule.get("operator"), value, rule.get("value")):
            style: Document = rule
            return style
    return {}


def _unit(widget: Document) -> str:
    unit = widget.get("unit")
    if unit == "custom":
        return str(widget.get("unitCustom") or "")
    return str(unit) if unit in UNITS or unit == "%" else ""
