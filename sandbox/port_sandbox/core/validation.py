"""What an entity must be to fit its blueprint."""

import re
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.formats import FORMATS
from port_sandbox.core.json_types import Document
from port_sandbox.core.templates import asks
from port_sandbox.errors import Invalid

IDENTIFIER = re.compile(r"(?!\.{1,2}$)[\w@.+:\\/=-]{1,1000}")
# The keys of a property that limit its values; the others only say how it is shown.
LIMITS = (
    "type",
    "format",
    "enum",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "uniqueItems",
)
# A labeled-url is an object, and these are written in a text of any form.
FREE_FORMATS = {"markdown", "yaml", "proto", "team", "blueprints", "labeled-url"}
SENT_SHAPES: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "icon": str,
    "team": (str, list),
    "properties": dict,
    "relations": dict,
}


class ValueRules:
    """The rules of one property or input."""

    def __init__(self, definition: Document) -> None:
        self._validator = Draft202012Validator(_limits(definition), format_checker=FORMATS)

    def check(self, name: str, value: Any) -> None:
        """Refuse a value that does not fit."""
        for error in self._validator.iter_errors(value):
            raise Invalid(_sentence(name, error))


class EntityRules:
    """The rules of one blueprint, compiled once for many entities."""

    def __init__(self, blueprint: Document) -> None:
        schema = blueprint["schema"]
        self.known = frozenset(schema["properties"])
        self.relations: Document = blueprint["relations"]
        self._required = tuple(schema["required"])
        self._values = {
            name: ValueRules(definition) for name, definition in schema["properties"].items()
        }

    def kept(self, sent: Document) -> Document:
        """Return what was sent without the properties that the blueprint does not know.

        Port drops them: mappings that are shipped name more than their blueprints have.
        """
        properties = sent.get("properties") or {}
        return {**sent, "properties": {k: v for k, v in properties.items() if k in self.known}}

    def check(self, entity: Entity) -> None:
        """Refuse an entity that does not fit."""
        for name in self._required:
            if entity.properties.get(name) is None:
                raise Invalid(f'must have required property "{name}"')
        for name, value in entity.properties.items():
            if value is not None and name in self._values:
                self._values[name].check(name, value)
        self._check_relations(entity)

    def _check_relations(self, entity: Entity) -> None:
        for name, value in entity.relations.items():
            relation = self.relations.get(name)
            if relation is None:
                raise Invalid(f'The blueprint "{entity.blueprint}" has no relation "{name}"')
            if value is None:
                continue
            if relation.get("many") and not isinstance(value, list):
                raise Invalid(f'"{name}" must be array')
            if not relation.get("many") and not isinstance(value, str):
                raise Invalid(f'"{name}" must be string')
            if isinstance(value, list) and not all(isinstance(one, str) for one in value):
                raise Invalid(f'"{name}" must be an array of strings')
        for name, relation in self.relations.items():
            if relation.get("required") and not targets(entity.relations.get(name)):
                raise Invalid(f'must have required relation "{name}"')


def check_sent(sent: object) -> Document:
    """Return what was sent as an entity, if it has the shape of one."""
    if not isinstance(sent, dict):
        raise Invalid("an entity must be object")
    identifier = sent.get("identifier")
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier):
        raise Invalid('"identifier" must match pattern of letters, digits and @_.+:\\/=-')
    for name, shape in SENT_SHAPES.items():
        if sent.get(name) is not None and not isinstance(sent[name], shape):
            raise Invalid(f'"{name}" has the wrong type')
    return sent


def _limits(definition: Document) -> Document:
    # What a form asks jq for is not known here.
    limits = {
        key: definition[key] for key in LIMITS if key in definition and not asks(definition[key])
    }
    if limits.get("format") in FREE_FORMATS:
        del limits["format"]
    items = definition.get("items")
    if isinstance(items, dict):
        limits["items"] = _limits(items)
    return limits


def _sentence(name: str, error: ValidationError) -> str:
    """Say it as Port's validator (Ajv) does."""
    where = "/".join([name, *(str(part) for part in error.path)])
    rule: Any = error.validator_value
    match error.validator:
        case "type":
            return f'"{where}" must be {rule}'
        case "enum":
            allowed = ", ".join(str(one) for one in rule)
            return f'"{where}" must be equal to one of the allowed values: {allowed}'
        case "format" | "pattern":
            return f'"{where}" must match {error.validator} "{rule}"'
        case _:
            return f'"{where}" breaks its {error.validator} of {rule}'
