"""What a blueprint must be, and what may be changed in it."""

import re
from collections.abc import Callable
from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid, NotFound

# \w is what Port calls letters and digits, here as there in every script.
IDENTIFIER = re.compile(r"(?!\.{1,2}$)[\w@.+:\\/-]{1,100}")
KEY = re.compile(r"[\w@=\\-]{1,100}")
TYPES = {"string", "number", "boolean", "object", "array"}
SECTIONS = ("relations", "mirrorProperties", "calculationProperties", "aggregationProperties")
REQUIRED_OF = {
    "mirrorProperties": ("path",),
    "calculationProperties": ("calculation", "type"),
    "aggregationProperties": ("title", "target", "calculationSpec"),
    "relations": ("target",),
}
COUNTED = {"count", "average"}
MEASURED = {"sum", "min", "max", "median", "average"}


class ForbiddenFormatChange(Invalid):
    """The type of a property stays what it was."""

    code = "forbidden_format_change"


def completed(sent: Document) -> Document:
    """Return a blueprint with every section in its place."""
    schema = sent.get("schema") or {}
    if not isinstance(schema, dict):
        raise Invalid('"schema" must be object')
    return {
        **{section: {} for section in SECTIONS},
        **sent,
        "schema": {"properties": {}, "required": [], **schema},
    }


def patched(old: Document, sent: Document) -> Document:
    """Return a blueprint after a PATCH; the identifier stays."""
    return completed({**old, **sent, "identifier": old["identifier"]})


def check(blueprint: Document, exists: Callable[[str], bool]) -> None:
    """Refuse what Port refuses; `exists` tells whether a blueprint is there."""
    identifier = blueprint.get("identifier")
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier):
        raise Invalid('"identifier" must match pattern of letters, digits and @_.+:\\/-')
    title = blueprint.get("title")
    if not isinstance(title, str) or not 1 <= len(title) <= 100:
        raise Invalid('"title" must be a string of 1 to 100 characters')
    if len(blueprint.get("description") or "") > 200:
        raise Invalid('"description" must NOT have more than 200 characters')
    _check_schema(blueprint["schema"])
    for section, required in REQUIRED_OF.items():
        _check_section(section, blueprint[section], required)
    for name, relation in blueprint["relations"].items():
        _check_relation(name, relation)
    for name, aggregation in blueprint["aggregationProperties"].items():
        _check_aggregation(name, aggregation["calculationSpec"])
    for section in ("relations", "aggregationProperties"):
        for one in blueprint[section].values():
            if one["target"] != identifier and not exists(one["target"]):
                raise NotFound.blueprint(one["target"])


def check_change(old: Document, new: Document) -> None:
    """Refuse another type or format for a property that is there."""
    before, after = old["schema"]["properties"], new["schema"]["properties"]
    for name in before.keys() & after.keys():
        if before[name]["type"] != after[name]["type"]:
            raise ForbiddenFormatChange(f'The type of the property "{name}" cannot be changed')
        if before[name].get("format") != after[name].get("format"):
            raise ForbiddenFormatChange(f'The format of the property "{name}" cannot be changed')


def _check_schema(schema: Document) -> None:
    if unknown := set(schema) - {"properties", "required"}:
        raise Invalid(f'"schema" must NOT have additional properties: "{min(unknown)}"')
    properties = schema["properties"]
    if not isinstance(properties, dict):
        raise Invalid('"schema.properties" must be object')
    for name, definition in properties.items():
        _check_key(name)
        if not isinstance(definition, dict) or definition.get("type") not in TYPES:
            allowed = ", ".join(sorted(TYPES))
            raise Invalid(f'"schema.properties.{name}.type" must be one of {allowed}')
    if missing := [name for name in schema["required"] if name not in properties]:
        raise Invalid(f'"schema.required" names "{missing[0]}", which is not a property')


def _check_section(section: str, values: Any, required: tuple[str, ...]) -> None:
    if not isinstance(values, dict):
        raise Invalid(f'"{section}" must be object')
    for name, definition in values.items():
        _check_key(name)
        for key in required:
            if not isinstance(definition, dict) or key not in definition:
                raise Invalid(f'"{section}.{name}" must have required property "{key}"')


def _check_relation(name: str, relation: Document) -> None:
    if relation.get("required") and relation.get("many"):
        raise Invalid(f'The relation "{name}" cannot be both "required" and "many"')


def _check_aggregation(name: str, spec: Any) -> None:
    if not isinstance(spec, dict):
        raise Invalid(f'"aggregationProperties.{name}.calculationSpec" must be object')
    functions = {"entities": COUNTED, "property": MEASURED}.get(str(spec.get("calculationBy")))
    if functions is None or spec.get("func") not in functions:
        raise Invalid(f'"aggregationProperties.{name}.calculationSpec" is not one that Port knows')
    if spec["calculationBy"] == "property" and not isinstance(spec.get("property"), str):
        raise Invalid(f'"aggregationProperties.{name}.calculationSpec" must name a "property"')


def _check_key(name: str) -> None:
    if not KEY.fullmatch(name):
        raise Invalid(f'"{name}" must match pattern of letters, digits and @_=\\-')
