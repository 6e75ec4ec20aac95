"""What a reader has put into a form, as the values that an action takes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from port_sandbox.core import inputs
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid

YES = "true"
MOMENTS = {"date-time", "timer"}


def read(sent: Mapping[str, Sequence[str]], trigger: Document) -> Document:
    """Return the values of those inputs that were filled in; a switch always has one."""
    found: Document = {}
    for name, definition in inputs.definitions(trigger).items():
        value = _value(name, [one for one in sent.get(name, ()) if one.strip()], definition)
        if value is not None:
            found[name] = value
    return found


def kept(sent: Mapping[str, Sequence[str]], trigger: Document) -> Document:
    """Return the values for showing them again; what does not fit stays as it was written."""
    found: Document = {}
    for name, definition in inputs.definitions(trigger).items():
        try:
            found |= read(sent, {"userInputs": {"properties": {name: definition}}})
        except Invalid:
            found[name] = sent[name][0]
    return found


def is_chosen(definition: Document) -> bool:
    """Tell whether the values of a list are chosen from others instead of written down."""
    items = definition.get("items") or {}
    return bool(items.get("enum") or items.get("format") == "entity" or definition.get("enum"))


def _value(name: str, texts: list[str], definition: Document) -> Any:
    if definition["type"] == "boolean":
        return YES in texts
    if not texts:
        return None
    text = texts[0].replace("\r\n", "\n").strip()
    match definition["type"]:
        case "array":
            written = texts if is_chosen(definition) else text.split("\n")
            items = definition.get("items") or {}
            lines = [one.strip() for one in written if one.strip()]
            return [_one(name, line, items) for line in lines]
        case "object":
            return _document(name, text)
        case _:
            return _one(name, text, definition)


def _one(name: str, text: str, definition: Document) -> Any:
    if definition.get("type") == "number":
        try:
            return int(text) if text.lstrip("-").isdecimal() else float(text)
        except ValueError:
            raise Invalid(f'"{name}" must be number') from None
    if definition.get("format") in MOMENTS and len(text) == len("2026-11-21T12:00"):
        # Browsers leave out the seconds and the zone; the form says that it is UTC.
        return f"{text}:00.000Z"
    return text


def _document(name: str, text: str) -> Document:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Invalid(f'"{name}" must be an object in JSON, such as {{"a": 1}}')
    return value
