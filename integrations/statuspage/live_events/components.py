"""Reads components again: each alone, or all rows of the page where that takes less."""

from collections.abc import Collection as Ids

from resync.complete_lists import complete
from resync.known_pages import KnownPages
from statuspage import PAGE_SIZE, Raw, StatuspageClient, page_status

from .lookup import Objects, changed_lately, each_alone

# So many are asked for one by one while nobody knows how long the list is.
FEW = 3


def one_list_shows_status(page: Raw, rows: int | None) -> bool:
    """Tell whether only the list of components shows a page's status, and takes one request.

    A list of unknown length is taken for a short one, since only reading it would tell.
    """
    return not page_status.is_public(page) and (rows or 0) < PAGE_SIZE


def is_worth_the_list(page: Raw, rows: int | None, wanted: int) -> bool:
    """Tell whether the list takes no more requests than the wanted components, or shows more."""
    if not wanted or one_list_shows_status(page, rows):
        return bool(wanted)
    if rows is None:
        return wanted > FEW
    return 1 < wanted >= rows // PAGE_SIZE + 1


async def read_components(
    client: StatuspageClient,
    known: KnownPages,
    page: Raw,
    ids: Ids[str],
    unseen: Ids[str] = (),
) -> tuple[Objects, list[Raw] | None]:
    """Return the components, and all rows of the page if they were read.

    Of those that are `unseen` in public a 404 is believed.
    """
    page_id = page["id"]
    if is_worth_the_list(page, known.components(page_id), len(ids)):
        rows = await _all_rows(client, known, page_id)
        objects = _from_list(Objects(dict.fromkeys(ids)), rows)
        objects.read = {**changed_lately(rows, client.clock), **objects.read}
        return objects, rows
    objects = await each_alone(ids, lambda one: client.component(page_id, one))
    if objects.not_found <= set(unseen):
        return objects, None
    rows = await _all_rows(client, known, page_id)
    return _from_list(objects, rows), rows


async def _all_rows(client: StatuspageClient, known: KnownPages, page_id: str) -> list[Raw]:
    readings = complete(client.components(page_id), known, client.clock)
    return [row async for reading in readings for row in reading.content]


def _from_list(objects: Objects, rows: list[Raw]) -> Objects:
    """Take from a complete list what was not found otherwise; what it lacks is gone."""
    listed = {row["id"]: row for row in rows}
    objects.read |= {object_id: listed.get(object_id) for object_id in objects.not_found}
    return objects
