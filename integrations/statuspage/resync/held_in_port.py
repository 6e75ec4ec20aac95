"""What Port holds: which pages, whether anything of a page's list, and how many incidents."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.models import Entity

from kinds import ObjectKind
from port_search import blueprint_of, one_of, place_of, search, value_at
from statuspage import Collection, is_identifier

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
            try:
                if block.kind == SHOWN_BY[collection] and await _of_page(block, page_id, pages):
                    return True
            except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
                # To ask Statuspage once more is cheap, to delete is not.
                logger.warning("Port does not tell what it holds of page %s (%s)", page_id, error)
                return True
        return False

    return asked


def incidents_held(blocks: Sequence[ResourceConfig]) -> Callable[[str], Awaitable[int | None]]:
    """Return the question how many incidents of a page Port holds; None where it cannot tell."""
    pages = [blueprint_of(block) for block in blocks if block.kind == ObjectKind.PAGE]

    async def asked(page_id: str) -> int | None:
        held: list[int] = []
        for block in blocks:
            if block.kind == ObjectKind.INCIDENT:
                try:
                    found = await _of_page(block, page_id, pages)
                except Exception as error:  # noqa: BLE001 (as above)
                    logger.info("Port does not tell how many incidents it holds (%s)", error)
                    return None
                held.append(len(found))
        return max(held, default=0) or None

    return asked


async def pages_held(blocks: Sequence[ResourceConfig]) -> list[str]:
    """Return the ids of the pages that Port holds, as far as the mapping tells them."""
    found: set[str] = set()
    for block in blocks:
        blueprint = blueprint_of(block)
        place = place_of(block.port.entity.mappings, ".id")
        if block.kind != ObjectKind.PAGE or not blueprint or not place:
            continue
        try:
            entities = await search(blueprint, [], place)
        except Exception as error:  # noqa: BLE001 (as above)
            logger.info("Port does not tell which pages it holds (%s)", error)
            return []
        values = (value_at(one, place) for one in entities if one.blueprint == blueprint)
        found |= {value for value in values if value and is_identifier(value)}
    return sorted(found)


async def _of_page(
    block: ResourceConfig, page_id: str, pages: Sequence[str | None]
) -> Sequence[Entity]:
    blueprint = blueprint_of(block)
    place = place_of(block.port.entity.mappings, ".page_id")
    if not blueprint or not place:
        return []
    return await search(blueprint, [one_of(place, [page_id], pages)])
