"""Reads incidents again: a few each alone, more from the lists of what is new and what is open."""

from collections.abc import Collection as Ids

from resync.complete_lists import complete
from resync.known_pages import KnownPages
from statuspage import Collection, Raw, StatuspageClient

from .lookup import Objects, changed_lately, confirm, each_alone

# So many are asked for one by one; for more there are lists.
FEW = 3


async def read_incidents(
    client: StatuspageClient,
    known: KnownPages,
    page_id: str,
    ids: Ids[str],
    unseen: Ids[str] = (),
) -> Objects:
    """Return the incidents; of those that are `unseen` in public a 404 is believed."""
    listed: dict[str, Raw] = {}
    if len(ids) > FEW:
        # New ones are expected on the first page (QUIRKS.md, "Order of incidents"); whatever is
        # still open is in the other list in any case.
        for collection in (Collection.INCIDENTS, Collection.UNRESOLVED):
            async for batch in client.incidents(page_id, collection).batches():
                listed |= {incident["id"]: incident for incident in batch}
                break
    objects = await each_alone(
        [incident_id for incident_id in ids if incident_id not in listed],
        lambda incident_id: client.incident(page_id, incident_id),
    )
    await confirm(objects, complete(client.incidents(page_id), known, client.clock), unseen)
    objects.read |= changed_lately(listed.values(), client.clock)
    objects.read |= {
        incident_id: listed[incident_id] for incident_id in ids if incident_id in listed
    }
    return objects
