"""The inputs of an action or of a workflow's trigger: their definitions, and values for them."""

from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.core.templates import answered
from port_sandbox.core.validation import ValueRules
from port_sandbox.errors import Invalid


def definitions(trigger: Document) -> Document:
    """Return the definition of each input, in the order in which the form shows them."""
    form = trigger.get("userInputs") or {}
    known: Document = form.get("properties") or {}
    steps = [name for step in form.get("steps") or () for name in step.get("order") or ()]
    first = dict.fromkeys(name for name in (form.get("order") or steps) if name in known)
    return {name: known[name] for name in {**first, **known}}


def defaults(trigger: Document, context: Document | None = None) -> Document:
    """Return the values of those inputs that have one from the beginning."""
    values = {
        name: answered(one["default"], context or {})
        for name, one in definitions(trigger).items()
        if "default" in one
    }
    return {name: value for name, value in values.items() if value is not None}


def required(trigger: Document, context: Document | None = None) -> set[str]:
    """Return the names of the inputs that must be there."""
    names = answered((trigger.get("userInputs") or {}).get("required"), context or {})
    known = definitions(trigger)
    listed = names if isinstance(names, list) else []
    return {one for one in listed if is_shown(known.get(one, {}), context or {})}


def is_shown(definition: Document, context: Document) -> bool:
    """Tell whether a form shows an input, which may depend on the others."""
    return answered(definition.get("visible", True), context) is not False


def check(given: Document, trigger: Document) -> None:
    """Refuse inputs that do not fit; what has no definition is let through, as in Port."""
    for name in sorted(required(trigger, {"form": given})):
        if given.get(name) in (None, "", []):
            raise Invalid(f'must have required property "{name}"')
    for name, definition in definitions(trigger).items():
        value: Any = given.get(name)
        if value is not None:
            ValueRules(definition).check(name, value)
