"""What is wrong with a file, as sentences with the line of each."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from statuspage_bridge.errors import StartError

from .yaml_file import Place, YamlFile

_FIELDS = "it has fields, each on a line as `name: value`"
_SENTENCES = {
    "missing": "it is missing",
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
    "list_type": "it is a list, each of it on a line behind a dash",
    "string_type": "it is a text",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
}


def checked[Checked: BaseModel](model: type[Checked], file: YamlFile) -> Checked:
    """Return the content of a file as a model, or raise all that is wrong with it."""
    try:
        found = model.model_validate(file.content)
    except ValidationError as error:
        raise StartError(told(file, [*file.faults, *_faults(model, error)])) from error
    if file.faults:
        raise StartError(told(file, file.faults))
    return found


def told(file: YamlFile, faults: Iterable[tuple[Place, str]]) -> str:
    """Return the faults in the order of their lines, each once."""
    lines = {(file.line(place), _sentence(place, what)) for place, what in faults}
    return "\n".join(f"{file.path}, line {line}: {what}" for line, what in sorted(lines))


def _sentence(place: Place, what: str) -> str:
    names = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place]
    where = "".join(names).removeprefix(".")
    return f"`{where}`: {what}." if where else f"{what[:1].upper()}{what[1:]}."


def _faults(model: type[BaseModel], error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Say what pydantic found, without what was given: it may be a secret."""
    schema = model.model_json_schema()
    for one in error.errors(include_url=False, include_input=False):
        place, known = _located(schema, one["loc"])
        context: Mapping[str, Any] = one.get("ctx", {})
        match one["type"]:
            case "extra_forbidden":
                yield place, _unknown(str(place[-1]), known)
            case "value_error":
                yield place, str(context["error"])
            case "literal_error" | "enum":
                yield place, f"it can be {context['expected']}"
            case "union_tag_not_found":
                yield (*place, "type"), f"it is missing: it can be {_kinds(schema)}"
            case "union_tag_invalid":
                yield (*place, "type"), f"it can be {context['expected_tags']}"
            case _:
                usual = one["msg"].replace("Input", "it").replace("Value", "it")
                yield place, _SENTENCES.get(one["type"], usual)


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return f"it is not known, `{near[0]}` is"
    return f"it is not known: it can be {', '.join(sorted(known))}"


def _located(schema: Mapping[str, Any], loc: Iterable[str | int]) -> tuple[Place, list[str]]:
    """Return the place in the file, and the names that are known beside it.

    A location of pydantic names the kind of a source besides, which is in the file elsewhere.
    """
    place: list[str | int] = []
    known: list[str] = []
    node = _resolved(schema, schema)
    for part in loc:
        kinds = node.get("discriminator", {}).get("mapping", {})
        if part in kinds:
            node = _resolved(schema, {"$ref": kinds[part]})
            continue
        place.append(part)
        properties = node.get("properties", {})
        known = list(properties)
        below = properties.get(part) if isinstance(part, str) else node.get("items")
        node = _resolved(schema, below or node.get("additionalProperties") or {})
    return tuple(place), known


def _resolved(schema: Mapping[str, Any], node: Any) -> dict[str, Any]:
    """Follow references, and pass over that something may be left out."""
    while isinstance(node, dict):
        others = [one for one in node.get("anyOf", []) if one.get("type") != "null"]
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif len(others) == 1:
            node = others[0]
        else:
            return node
    return {}


def _kinds(schema: Mapping[str, Any]) -> str:
    sources = schema["properties"]["sources"]
    items = _resolved(schema, _resolved(schema, sources)["items"])
    return ", ".join(sorted(items["discriminator"]["mapping"]))
