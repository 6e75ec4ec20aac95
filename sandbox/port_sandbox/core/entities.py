"""An entity as it is kept, and as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from port_sandbox.core.json_types import Document

type Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entity:
    """What is stored of an entity; what is computed comes on reading."""

    blueprint: str
    identifier: str
    title: str | None = None
    icon: str | None = None
    team: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)
    relations: Mapping[str, Any] = field(default_factory=dict)
    datasource: str = ""
    created_at: str = ""
    created_by: str = ""
    updated_at: str = ""
    updated_by: str = ""

    @property
    def key(self) -> Key:
        """Return what names the entity among all entities."""
        return self.blueprint, self.identifier

    @property
    def name(self) -> str:
        """Return the title, or the identifier where there is none."""
        return self.title or self.identifier

    def document(self, properties: Mapping[str, Any] | None = None) -> Document:
        """Return the entity as Port shows it, with other properties if some were computed."""
        return {
            "identifier": self.identifier,
            "title": self.title,
            "icon": self.icon,
            "blueprint": self.blueprint,
            "team": list(self.team),
            "properties": dict(self.properties if properties is None else properties),
            "relations": dict(self.relations),
            "createdAt": self.created_at,
            "createdBy": self.created_by,
            "updatedAt": self.updated_at,
            "updatedBy": self.updated_by,
        }

    def meta(self, name: str) -> Any:
        """Return what a `$name` stands for."""
        values: dict[str, Any] = {
            "$identifier": self.identifier,
            "$title": self.title,
            "$icon": self.icon,
            "$team": list(self.team),
            "$blueprint": self.blueprint,
            "$datasource": self.datasource,
            "$createdAt": self.created_at,
            "$createdBy": self.created_by,
            "$updatedAt": self.updated_at,
            "$updatedBy": self.updated_by,
        }
        return values.get(name)


def targets(value: object) -> tuple[str, ...]:
    """Return the identifiers that the value of a relation names, each once."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(one for one in value if isinstance(one, str)))
    return ()
