"""The form of an action, made from the action's own description."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from port_sandbox.catalog.invocations import with_entities
from port_sandbox.core import inputs, timestamps
from port_sandbox.core.entities import Entity
from port_sandbox.core.form_values import MOMENTS, is_chosen
from port_sandbox.core.json_types import Document
from port_sandbox.core.templates import answered, asks
from port_sandbox.page.choices import Choice, of_entities, of_enum
from port_sandbox.page.startable import Startable
from port_sandbox.sandbox import Sandbox

type Look = Literal[
    "text", "lines", "list", "number", "moment", "switch", "select", "checks", "json"
]

READER = {"email": "you@sandbox.example"}
LONG = {"multi-line", "markdown", "yaml"}
TYPES = {"url": "url", "email": "email", "idn-email": "email", "user": "email"}
LIMITS = {
    "minLength": "minlength",
    "maxLength": "maxlength",
    "pattern": "pattern",
    "minimum": "min",
    "maximum": "max",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One input, as the reader fills it in."""

    name: str
    title: str
    description: str
    look: Look
    required: bool
    text: str
    choices: tuple[Choice, ...]
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ActionForm:
    """All inputs that are shown."""

    fields: tuple[Field, ...]
    # Whether what one input offers hangs on what is put into another.
    depends: bool


def action_form(
    sandbox: Sandbox,
    one: Startable,
    entity: Entity | None,
    given: Document | None,
    filled: Document,
) -> ActionForm:
    """Return the form with all that was given, or with its defaults and what a link has filled."""
    about = {"entity": entity.document() if entity else None, "user": READER}
    values = given
    if values is None:
        values = {**inputs.defaults(one.trigger, {**about, "form": {}}), **filled}
    form = with_entities(values, one.trigger, sandbox.catalog)
    context = {**about, "form": form}
    definitions = inputs.definitions(one.trigger)
    required = inputs.required(one.trigger, context)
    return ActionForm(
        tuple(
            _field(sandbox, name, definition, values.get(name), context, required=name in required)
            for name, definition in definitions.items()
            if inputs.is_shown(definition, context)
        ),
        depends=any(asks(definition) for definition in definitions.values()),
    )


def _field(
    sandbox: Sandbox,
    name: str,
    definition: Document,
    value: Any,
    context: Document,
    *,
    required: bool,
) -> Field:
    look = _look(definition)
    return Field(
        name=name,
        title=str(answered(definition.get("title"), context) or name),
        description=str(answered(definition.get("description"), context) or ""),
        look=look,
        required=required,
        text=_text(look, value),
        choices=tuple(_choices(sandbox, look, definition, value, context)),
        attributes=_attributes(definition),
    )


def _look(definition: Document) -> Look:
    kind, form = definition["type"], definition.get("format")
    if kind == "array":
        return "checks" if is_chosen(definition) else "list"
    if kind in {"boolean", "object"}:
        return "switch" if kind == "boolean" else "json"
    if definition.get("enum") or form == "entity":
        return "select"
    if kind == "number":
        return "number"
    if form in MOMENTS:
        return "moment"
    return "lines" if form in LONG else "text"


def _choices(
    sandbox: Sandbox, look: Look, definition: Document, value: Any, context: Document
) -> list[Choice]:
    if look not in {"select", "checks"}:
        return []
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    source = definition.get("items") or definition
    if source.get("format") == "entity":
        return of_entities(sandbox, {**definition, **source}, context, chosen)
    return of_enum(answered(source.get("enum") or definition.get("enum"), context), chosen)


def _text(look: Look, value: Any) -> str:
    if value is None:
        return ""
    if look == "moment":
        moment = timestamps.parsed(value)
        return timestamps.formatted(moment)[:16] if moment else str(value)
    if look == "switch":
        return "true" if value in {True, "true"} else ""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return json.dumps(value, indent=2) if isinstance(value, dict) else str(value)


def _attributes(definition: Document) -> dict[str, Any]:
    """Return what lets the browser check before anything is sent."""
    limits = {
        ours: definition[theirs]
        for theirs, ours in LIMITS.items()
        if theirs in definition and not asks(definition[theirs])
    }
    return {"type": TYPES.get(str(definition.get("format")), "text"), **limits}
