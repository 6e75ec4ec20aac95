"""Which incidents Port still holds for open, so that their end is never missed.

Users may map incidents as they like. So where the mapping puts an incident's id, page and status
is read off the mapping itself, and a mapping that does not keep them is answered with a warning.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from port_ocean.clients.port.types import UserAgentType
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import EntityMapping, ResourceConfig
from port_ocean.core.models import Entity

from .scopes import OPEN

logger = logging.getLogger(__name__)

# A jq expression that is nothing but a text; Ocean takes single quotes for double ones.
_FIXED = re.compile(r"""(["'])([^"'\\]+)\1""")
# A jq expression that keeps a value as it is, or leaves it out where it is not in a list.
_LISTED = re.compile(r"(\.\w+) \| if IN\([^()]*\) then \. else null end")


@dataclass(frozen=True, slots=True)
class Keys:
    """Where a mapping keeps an incident's id, page and status, in the words of Port's search."""

    blueprint: str
    incident: str
    page: str
    status: str


def keys_of(mapping: EntityMapping) -> Keys | None:
    """Find out where a mapping keeps what we need; None when it drops something."""
    kept = {
        "$identifier": mapping.identifier,
        **{f"properties.{name}": jq for name, jq in mapping.properties.items()},
        **{f"relations.{name}": jq for name, jq in mapping.relations.items()},
    }
    places = {kept_value(jq): key for key, jq in reversed(kept.items()) if isinstance(jq, str)}
    found = (places.get(".id"), places.get(".page_id"), places.get(".status"))
    blueprint = fixed_text(mapping.blueprint)
    if not all(found) or blueprint is None:
        return None
    incident, page, status = found
    return Keys(blueprint, str(incident), str(page), str(status))


def kept_value(jq: str) -> str:
    """Return which value an expression keeps, of the expressions that only keep or leave out."""
    listed = _LISTED.fullmatch(jq.strip())
    return listed[1] if listed else jq.strip()


def fixed_text(jq: str) -> str | None:
    """Return the text that an expression always gives; None when it depends on the object."""
    text = _FIXED.fullmatch(jq.strip())
    return text[2] if text else None


def blueprint_of(resource: ResourceConfig) -> str | None:
    """Return the blueprint of a mapping's entities, if it is always the same."""
    return fixed_text(resource.port.entity.mappings.blueprint)


def query(keys: Keys) -> dict[str, Any]:
    """Return the search for a blueprint's open incidents; Ocean adds that they are ours."""
    return {
        "combinator": "and",
        "rules": [
            {"property": "$blueprint", "operator": "=", "value": keys.blueprint},
            {
                "property": keys.status.removeprefix("properties."),
                "operator": "in",
                "value": sorted(OPEN),
            },
        ],
    }


def value_at(entity: Entity, key: str) -> str | None:
    """Return what an entity holds under a key of `Keys`."""
    if key == "$identifier":
        return str(entity.identifier)
    part, name = key.split(".", 1)
    value = getattr(entity, part).get(name)
    return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Believed:
    """The open incidents of Port: page -> incident -> its entities."""

    entities: Mapping[str, Mapping[str, list[Entity]]]

    def ids(self) -> dict[str, frozenset[str]]:
        """Return the incidents' ids by page."""
        return {page_id: frozenset(incidents) for page_id, incidents in self.entities.items()}

    def of(self, page_id: str, incident_id: str) -> list[Entity]:
        """Return an incident's entities."""
        return list(self.entities.get(page_id, {}).get(incident_id, []))


async def believed_open(resources: Iterable[ResourceConfig]) -> Believed:
    """Ask Port for the open incidents that these mappings made."""
    entities: dict[str, dict[str, list[Entity]]] = defaultdict(lambda: defaultdict(list))
    for resource in resources:
        keys = keys_of(resource.port.entity.mappings)
        if keys is None:
            logger.warning(
                "A mapping of incidents does not keep .id, .page_id and .status under a fixed "
                "blueprint: the end of its older incidents waits for the next full resync"
            )
            continue
        included = ["identifier", "blueprint", *{keys.incident, keys.page} - {"$identifier"}]
        for entity in await ocean.port_client.search_entities(
            UserAgentType.exporter, query(keys), included
        ):
            incident_id, page_id = value_at(entity, keys.incident), value_at(entity, keys.page)
            if incident_id and page_id:
                entities[page_id][incident_id].append(entity)
    return Believed(entities)
