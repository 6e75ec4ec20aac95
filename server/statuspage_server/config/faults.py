"""One validation error as one sentence: what is wrong here, and what to write instead."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from statuspage_server.config.document import Document, Path
from statuspage_server.config.model import Config
from statuspage_server.errors import Fault

WRONG = {
    "int_parsing": "which is not a whole number",
    "int_type": "which is not a whole number",
    "float_parsing": "which is not a number",
    "bool_parsing": "which is neither true nor false",
    "bool_type": "which is neither true nor false",
    "string_type": "which is not text",
    "string_too_short": "which is too short",
    "string_too_long": "which is too long",
    "string_pattern_mismatch": "which is not an address that begins with http:// or https://",
    "tuple_type": "which is not a list",
    "list_type": "which is not a list",
    "dict_type": "which is not a mapping of names",
    "model_type": "which is not a mapping of settings",
}


def describe_fault(detail: ErrorDetails, document: Document) -> Fault:
    path = tuple(detail["loc"])
    kind = detail["type"]
    if kind == "value_error" and str(detail.get("ctx", {}).get("error")) == "token is missing":
        path, kind = (*path, "token"), "missing"
    name = _written(path)
    if kind == "missing":
        sentence = f"`{name}` is missing."
    elif kind == "extra_forbidden":
        sentence = f"`{name}` is not a setting.{_guess(path)}"
        return Fault(document.file, document.line_of(path), sentence)
    else:
        # A token is a secret, even one that does not fit.
        secret = not {"token", "tokens", "password", "alerts", "ping_id"}.isdisjoint(path)
        shown = "a secret" if secret else _shown(detail["input"])
        sentence = f"`{name}` is {shown}, {_wrong(detail)}."
    return Fault(document.file, document.line_of(path), f"{sentence}{_example(path)}")


def _written(path: Path) -> str:
    """`statuspage.groups.Web, entry 2, id`: as the operator would say it."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f", entry {part + 1}"
        elif part != "[key]":
            text += (", " if ", entry" in text else "." if text else "") + part
    return text


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f'"{value[:40]}{"..." if len(value) > 40 else ""}"'
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def _wrong(detail: ErrorDetails) -> str:
    ctx = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal":
            return f"which is less than {ctx['ge']}"
        case "less_than_equal":
            return f"which is more than {ctx['le']}"
        case "literal_error":
            return f"which is not one of {ctx['expected']}"
        case "value_error":
            return f"but {ctx['error']}"
        case kind:
            return WRONG.get(kind, "which does not fit")


def _example(path: Path) -> str:
    found = _field(path)
    examples = found.examples if found else None
    return f" Write for example: {examples[0]}" if examples else ""


def _guess(path: Path) -> str:
    known = list(_fields(_field(path[:-1])) if len(path) > 1 else Config.model_fields)
    close = get_close_matches(str(path[-1]), known, n=1)
    if close:
        return f" Write {close[0]} instead."
    return f" Settings here are {', '.join(known)}." if known else ""


def _fields(field: FieldInfo | None) -> Mapping[str, FieldInfo]:
    model = _model_of(field.annotation) if field else None
    return model.model_fields if model else {}


def _field(path: Path) -> FieldInfo | None:
    """The field at a path; names and numbers of entries are passed over."""
    fields: Mapping[str, FieldInfo] = Config.model_fields
    found: FieldInfo | None = None
    for part in path:
        if isinstance(part, str) and part in fields:
            found = fields[part]
            fields = _fields(found)
    return found


def _model_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        model = _model_of(part)
        if model is not None:
            return model
    return None
