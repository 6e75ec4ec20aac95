"""What Port accepts, as far as the shipped files make use of it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from .shipped import Json, blueprints


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COLORS = _words(
    "blue turquoise orange purple pink yellow green red gold silver paleBlue darkGray lightGray "
    "bronze lime olive brown"
)
QUERY_OPERATORS = _words(
    "= != > >= < <= contains doesNotContains beginsWith doesNotBeginsWith endsWith "
    "doesNotEndsWith in notIn containsAny between notBetween isEmpty isNotEmpty"
)
# A scorecard knows no notIn.
CONDITION_OPERATORS = QUERY_OPERATORS - {"notIn"}
WITHOUT_VALUE = _words("isEmpty isNotEmpty")
META = _words("$identifier $title $team $icon $createdAt $updatedAt $blueprint")

formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@formats.checks("url", raises=ValueError)
def _is_url(value: object) -> bool:
    if not isinstance(value, str):
        return True
    address = urlsplit(value)
    return address.scheme in {"http", "https"} and bool(address.netloc)


def faults(entity: Json) -> list[str]:
    """Why Port would refuse the entity; empty when it would take it."""
    blueprint = blueprints()[entity["blueprint"]]
    return [
        *_identity_faults(entity),
        *_property_faults(blueprint, entity.get("properties", {})),
        *_relation_faults(blueprint, entity.get("relations", {})),
    ]


def _identity_faults(entity: Json) -> list[str]:
    found = []
    if not isinstance(entity["identifier"], str) or not entity["identifier"]:
        found.append(f"identifier is {entity['identifier']!r}")
    if not isinstance(entity.get("title"), str | None):
        found.append(f"title is {entity['title']!r}")
    return found


def _property_faults(blueprint: Json, properties: Json) -> list[str]:
    # Port takes null for whatever is not required: it clears the property.
    present = {name: value for name, value in properties.items() if value is not None}
    schema = {**blueprint["schema"], "type": "object", "additionalProperties": False}
    validator = Draft202012Validator(schema, format_checker=formats)
    return [error.message for error in validator.iter_errors(present)]


def _relation_faults(blueprint: Json, relations: Json) -> list[str]:
    found = []
    for name, value in relations.items():
        relation = blueprint["relations"].get(name)
        if relation is None:
            found.append(f"{name} is no relation of the blueprint")
        elif relation["many"]:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                found.append(f"{name} is {value!r}, not a list of identifiers")
        elif not isinstance(value, str | None) or (relation["required"] and value is None):
            found.append(f"{name} is {value!r}")
    return found


def property_schema(blueprint: str, name: str) -> Json:
    """The schema of a property, stored or computed; KeyError where there is none."""
    whole = blueprints()[blueprint]
    found: Json | None = whole["schema"]["properties"].get(name)
    for computed in ("calculationProperties", "aggregationProperties"):
        found = found or whole[computed].get(name)
    if found is None and name in whole["mirrorProperties"]:
        return mirrored(blueprint, whole["mirrorProperties"][name]["path"])
    if found is None:
        raise KeyError(f"{blueprint} has no property {name}")
    return found


def mirrored(blueprint: str, path: str) -> Json:
    """The schema of what a mirror shows; KeyError where its path leads nowhere."""
    *relations, last = path.split(".")
    for relation in relations:
        blueprint = blueprints()[blueprint]["relations"][relation]["target"]
    return {"type": "string"} if last in META else property_schema(blueprint, last)


def wrong_values(schema: Json, value: Any) -> set[Any]:
    """The values of a filter that its property can never have."""
    values = value if isinstance(value, list) else [value]
    return {item for item in values if "enum" in schema and item not in schema["enum"]}
