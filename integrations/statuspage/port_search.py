"""Finds entities in Port by what a mapping puts where.

Users map objects as they like. So where a mapping keeps an object's id, its page or its incident is
read off the mapping itself.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from port_ocean.clients.port.types import UserAgentType
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import EntityMapping, ResourceConfig
from port_ocean.core.models import Entity

IDENTIFIER = "$identifier"

type Rule = dict[str, Any]

# A jq expression that is nothing but a text; Ocean takes single quotes for double ones.
_FIXED = re.compile(r"""(["'])([^"'\\]+)\1""")

# One that keeps a value as it is, or leaves it out where it is not in a list.
_LISTED = re.compile(r"(\.\w+) \| if IN\([^()]*\) then \. else null end")


def place_of(mapping: EntityMapping, wanted: str) -> str | None:
    """Return where a mapping keeps what an expression gives, None when it keeps it nowhere.

    The identifier comes first and properties last: Port looks the former up, and searches for the
    latter.
    """
    places = {
        IDENTIFIER: mapping.identifier,
        **{f"relations.{name}": jq for name, jq in mapping.relations.items()},
        **{f"properties.{name}": jq for name, jq in mapping.properties.items()},
    }
    return next(
        (key for key, jq in places.items() if isinstance(jq, str) and _kept_value(jq) == wanted),
        None,
    )


def _kept_value(jq: str) -> str:
    """Return which value an expression keeps, of the expressions that only keep or leave out."""
    listed = _LISTED.fullmatch(jq.strip())
    return listed[1] if listed else jq.strip()


def blueprint_of(resource: ResourceConfig) -> str | None:
    """Return the blueprint of a mapping's entities, None when it depends on the object."""
    text = _FIXED.fullmatch(resource.port.entity.mappings.blueprint.strip())
    return text[2] if text else None


def value_at(entity: Entity, place: str) -> str | None:
    if place == IDENTIFIER:
        return str(entity.identifier)
    part, name = place.split(".", 1)
    held = entity.relations if part == "relations" else entity.properties
    value = held.get(name)
    return value if isinstance(value, str) else None


def one_of(place: str, values: Iterable[str], related: Iterable[str | None]) -> Rule:
    """Return the rule that a place holds one of some values; `related` are a relation's targets."""
    if place.startswith("relations."):
        rules: list[Rule] = [
            {"operator": "relatedTo", "blueprint": blueprint, "value": list(values)}
            for blueprint in related
            if blueprint is not None
        ]
    else:
        name = place.removeprefix("properties.")
        rules = [{"property": name, "operator": "=", "value": value} for value in values]
    return {"combinator": "or", "rules": rules}


async def search(blueprint: str, rules: Sequence[Rule], *places: str) -> list[Entity]:
    """Return a blueprint's entities that follow all the rules, with what these places hold.

    Ocean adds that they must be this installation's.
    """
    query = {
        "combinator": "and",
        "rules": [{"property": "$blueprint", "operator": "=", "value": blueprint}, *rules],
    }
    included = ["identifier", "blueprint", *sorted({*places} - {IDENTIFIER})]
    return await ocean.port_client.search_entities(UserAgentType.exporter, query, included)
