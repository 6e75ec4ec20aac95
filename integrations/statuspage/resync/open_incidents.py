"""Which incidents are open in Port, so that an incremental sync never misses their end."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.models import Entity

from port_search import blueprint_of, place_of, search, value_at

from .scopes import OPEN

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenIncidents:
    """The open incidents of Port: page -> incident -> its entities."""

    entities: Mapping[str, Mapping[str, list[Entity]]]

    def ids(self) -> dict[str, frozenset[str]]:
        """Return the incidents' ids by page."""
        return {page_id: frozenset(incidents) for page_id, incidents in self.entities.items()}

    def of(self, page_id: str, incident_id: str) -> list[Entity]:
        return list(self.entities.get(page_id, {}).get(incident_id, []))


async def open_incidents(resources: Iterable[ResourceConfig]) -> OpenIncidents:
    """Ask Port for the open incidents that these mappings made."""
    entities: dict[str, dict[str, list[Entity]]] = defaultdict(lambda: defaultdict(list))
    for resource in resources:
        mapping = resource.port.entity.mappings
        blueprint = blueprint_of(resource)
        incident, page = place_of(mapping, ".id"), place_of(mapping, ".page_id")
        status = place_of(mapping, ".status")
        if not (blueprint and incident and page and status):
            logger.warning(
                "A mapping of incidents does not keep .id, .page_id and .status under a fixed "
                "blueprint: the end of its older incidents waits for the next full resync"
            )
            continue
        is_open = {
            "property": status.removeprefix("properties."),
            "operator": "in",
            "value": sorted(OPEN),
        }
        for entity in await search(blueprint, [is_open], incident, page):
            incident_id, page_id = value_at(entity, incident), value_at(entity, page)
            if incident_id and page_id:
                entities[page_id][incident_id].append(entity)
    return OpenIncidents(entities)
