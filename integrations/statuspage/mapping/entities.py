"""Entities without a check of what cannot be wrong.

Ocean's model looks through all properties of an entity, to find that they are texts by name.
"""

from typing import Any

from port_ocean.core.models import Entity

type Json = dict[str, Any]

_NAMES = frozenset(Entity.__fields__)
# What the model takes as it is; it makes a text of a number, for one.
_TEAM = {str, list, dict, type(None)}
_ICON = {str, type(None)}


def entity(raw: Json) -> Entity:
    """Return what Ocean makes of an object from JSON, which may keep parts of it."""
    values: Json = {
        "identifier": raw.get("identifier"),
        "icon": raw.get("icon"),
        "blueprint": raw.get("blueprint"),
        "title": raw.get("title"),
        "team": raw.get("team", []),
        "properties": raw.get("properties", {}),
        "relations": raw.get("relations", {}),
    }
    if (
        type(values["properties"]) is dict
        and type(values["relations"]) is dict
        and type(values["icon"]) in _ICON
        and type(values["team"]) in _TEAM
    ):
        made = Entity.__new__(Entity)
        # As the model itself does, which takes no other way past its checks.
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__fields_set__", set(_NAMES & raw.keys()))
        return made
    return Entity.parse_obj(raw)
