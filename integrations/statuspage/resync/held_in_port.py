"""Whether Port holds anything that a page's list has shown before."""

import logging
from collections.abc import Sequence

from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from kinds import ObjectKind
from port_search import blueprint_of, one_of, place_of, search
from statuspage import Collection

from .complete_lists import HeldBefore

logger = logging.getLogger(__name__)

SHOWN_BY = {
    Collection.COMPONENT_GROUPS: ObjectKind.COMPONENT_GROUP,
    Collection.COMPONENTS: ObjectKind.COMPONENT,
    Collection.INCIDENTS: ObjectKind.INCIDENT,
}


def held_in_port(blocks: Sequence[ResourceConfig]) -> HeldBefore:
    """Return the question, put to Port by the places where these mappings keep an object's page."""
    pages = [blueprint_of(block) for block in blocks if block.kind == ObjectKind.PAGE]

    async def asked(page_id: str, collection: Collection) -> bool:
        for block in blocks:
            blueprint = blueprint_of(block)
            place = place_of(block.port.entity.mappings, ".page_id")
            if block.kind != SHOWN_BY[collection] or not blueprint or not place:
                continue
            try:
                if await search(blueprint, [one_of(place, [page_id], pages)]):
                    return True
            except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
                # To ask Statuspage once more is cheap, to delete is not.
                logger.warning("Port does not tell what it holds of page %s (%s)", page_id, error)
                return True
        return False

    return asked
