"""Ends an incident or maintenance, and sets back what it had changed."""

from dataclasses import dataclass, replace

from statuspage.answers import Raw
from statuspage.client import StatuspageClient
from statuspage.drafts import Change
from statuspage.paging import Collection
from statuspage.records import is_maintenance

from . import changing
from .effects import shows
from .restoring import restored


@dataclass(frozen=True, slots=True)
class Ending:
    """An incident that is to end, as it was read, and the change that ends it."""

    client: StatuspageClient
    page_id: str
    incident: Raw
    change: Change

    async def carry_out(self) -> Raw:
        """Make the change; an incident that has ended so before is left as it is."""
        if shows(self.incident, self.change):
            return self.incident
        return await changing.update(self.client, self.page_id, self.incident["id"], self.change)


async def plan(
    client: StatuspageClient, page_id: str, incident_id: str, change: Change, *, restore: bool
) -> Ending:
    """Work out how it ends. Reads, and writes nothing.

    The list of what is open has the incident itself and what else may need its components. What
    runs is read only where there is something to set back.
    """
    unresolved: list[Raw] = []
    if restore:
        unresolved = [one async for one in client.incidents(page_id, Collection.UNRESOLVED)]
    incident = next((one for one in unresolved if one["id"] == incident_id), None)
    if incident is None:
        incident = await changing.read(client, page_id, incident_id)
    well = restored(incident, unresolved) if restore else {}
    if well:
        scope = Collection.ACTIVE_MAINTENANCE
        running = [one async for one in client.incidents(page_id, scope)]
        well = restored(incident, [*unresolved, *running])
    status = "completed" if is_maintenance(incident) else "resolved"
    change = replace(change, status=status, components={**well, **change.components})
    return Ending(client, page_id, incident, change)
