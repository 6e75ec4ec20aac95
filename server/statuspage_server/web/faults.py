"""What does not fit in a request, as sentences for its writer: no word of how it is checked."""

from collections.abc import Mapping, Sequence
from typing import Any

_SENTENCES = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "dict_type": "must be an object",
    "enum": "must be one of {expected}",
    "finite_number": "must be a finite number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "greater_than_equal": "must be {ge} at least",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller whole number",
    "int_type": "must be a whole number",
    "less_than_equal": "must be {le} at most",
    "list_type": "must be a list",
    "literal_error": "must be one of {expected}",
    "missing": "is missing",
    "model_attributes_type": "must be an object",
    "model_type": "must be an object",
    "string_too_long": "must have {max_length} characters at most",
    "string_too_short": "must have {min_length} characters at least",
    "string_type": "must be text",
    "too_long": "must have {max_length} entries at most",
    "value_error": "{error}",
}
_NOWHERE = object()


def describe_faults(faults: Sequence[Mapping[str, Any]], body: object) -> list[str]:
    """A field that could be several things has a fault for each: it gets one sentence."""
    found: dict[str, dict[str, None]] = {}
    for fault in faults:
        sentence = _SENTENCES.get(fault["type"], "does not fit").format(**fault.get("ctx", {}))
        found.setdefault(_place(fault, body), {})[sentence] = None
    return [f"{place}: {_joined(list(sentences))}" for place, sentences in found.items()]


def _joined(sentences: list[str]) -> str:
    first, *rest = sentences
    return " or ".join([first, *(sentence.removeprefix("must be ") for sentence in rest)])


def _place(fault: Mapping[str, Any], body: object) -> str:
    """`incident.components.0`. The checker puts names of its own types in between: what is not in
    the body is one of those, unless it is what is missing there."""
    source, *parts = fault["loc"]
    if source != "body":
        return ".".join(map(str, parts))
    place: list[str] = []
    here = body
    for part in parts:
        inside = _inside(here, part)
        if inside is not _NOWHERE:
            here = inside
            place.append(str(part))
    if fault["type"] == "missing" and parts:
        place.append(str(parts[-1]))
    return ".".join(place) or "The body"


def _inside(here: object, part: object) -> object:
    if isinstance(here, dict):
        return here.get(part, _NOWHERE)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return _NOWHERE
