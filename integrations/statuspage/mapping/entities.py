"""Entities without a check of what cannot be wrong.

Ocean's model looks through all properties of an entity, to find that they are texts by name.
"""

from typing import Any, override

from port_ocean.core.models import Entity

type Json = dict[str, Any]

_NAMES = frozenset(Entity.__fields__)
# What the model takes as it is; it makes a text of a number, for one.
_TEAM = {str, list, dict, type(None)}
_ICON = {str, type(None)}
# How Ocean writes an entity to Port.
_AS_WRITTEN = {"exclude_unset": True, "by_alias": True}


class MadeEntity(Entity):
    """An entity from JSON, which is JSON still."""

    @override
    def dict(self, **options: Any) -> Json:
        if options == _AS_WRITTEN:
            set_ = self.__fields_set__
            return {name: value for name, value in vars(self).items() if name in set_}
        return super().dict(**options)


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
        made = MadeEntity.__new__(MadeEntity)
        # As the model itself does, which takes no other way past its checks.
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__fields_set__", set(_NAMES & raw.keys()))
        return made
    return Entity.parse_obj(raw)
