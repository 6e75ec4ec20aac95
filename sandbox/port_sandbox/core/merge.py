"""What an upsert makes of what is there: merged, replaced or new."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document


def upserted(old: Entity | None, sent: Document, blueprint: str, *, merge: bool) -> Entity:
    """Return the entity after an upsert, without saying when and by whom.

    Merged, what was not sent stays; a null clears. A relation that was sent is replaced and never
    appended to.
    """
    kept = old if old is not None and merge else Entity(blueprint, str(sent["identifier"]))
    return Entity(
        blueprint=blueprint,
        identifier=str(sent["identifier"]),
        title=sent.get("title", kept.title),
        icon=sent.get("icon", kept.icon),
        team=_team(sent["team"]) if "team" in sent else kept.team,
        properties={**kept.properties, **(sent.get("properties") or {})},
        relations={**kept.relations, **(sent.get("relations") or {})},
    )


def stamped(
    entity: Entity, old: Entity | None, *, at: str, by: str, datasource: str | None
) -> Entity:
    """Return the entity with who wrote it and when.

    It belongs to the last integration that wrote it; a person's change leaves that as it is.
    """
    owner = old.datasource if old is not None else ""
    return replace(
        entity,
        datasource=datasource if datasource is not None else owner,
        created_at=old.created_at if old is not None else at,
        created_by=old.created_by if old is not None else by,
        updated_at=at,
        updated_by=by,
    )


def changes(old: Entity | None, new: Entity | None) -> Document:
    """Return what differs between two versions: `{"properties.status": [before, after]}`."""
    before, after = _flat(old), _flat(new)
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def without(entity: Entity, relation: str, target: str) -> Entity:
    value: Any = entity.relations.get(relation)
    rest = [one for one in value if one != target] if isinstance(value, list) else None
    return replace(entity, relations={**entity.relations, relation: rest})


def _team(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else ()


def _flat(entity: Entity | None) -> Mapping[str, Any]:
    if entity is None:
        return {}
    return {
        "title": entity.title,
        "icon": entity.icon,
        "team": list(entity.team) or None,
        **{f"properties.{name}": value for name, value in entity.properties.items()},
        **{f"relations.{name}": value for name, value in entity.relations.items()},
    }
