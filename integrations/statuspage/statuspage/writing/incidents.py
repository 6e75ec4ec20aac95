"""Incidents of one page: opened, changed, resolved, deleted."""

from dataclasses import dataclass

from statuspage import endpoints
from statuspage.answers import Raw, as_object
from statuspage.client import StatuspageClient
from statuspage.drafts import Change, NewIncident, UpdateEdit
from statuspage.records import objects

from . import changing, creation, ending
from .attempts import once
from .creation import OPEN_INCIDENTS, Creation, Keyed
from .effects import shows_edit
from .ending import Ending


@dataclass(frozen=True, slots=True)
class Incidents:
    """What can be done to the incidents of a page."""

    client: StatuspageClient
    page_id: str

    async def create(self, draft: NewIncident) -> Raw:
        """Open an incident with one request. When its answer is lost, look before you try again."""
        return await creation.create(self.client, self.page_id, draft)

    async def create_once(
        self, draft: NewIncident, key: str, *, forever: bool = False, contested: bool = False
    ) -> Creation:
        """Open an incident, unless one with this key is open: it costs one request more.

        With `forever`, one of the newest hundred that is over counts too: for a key that is used
        once, such as the id of a run. With `contested`, look again afterwards and keep the oldest:
        where several processes may do this at the same moment.
        """
        keyed = Keyed(self.client, self.page_id, key, OPEN_INCIDENTS, forever or draft.is_over)
        return await keyed.create_once(draft, contested=contested)

    async def find(self, key: str, *, forever: bool = False) -> Raw | None:
        """Return the open incident with this key; with `forever`, as in `create_once`."""
        found = await Keyed(self.client, self.page_id, key, OPEN_INCIDENTS, forever).find()
        return found[0] if found else None

    async def settle(self, key: str) -> Raw | None:
        """Return the open incident with this key; of several, keep the oldest alone.

        Younger ones to which somebody has added something stay.
        """
        return await Keyed(self.client, self.page_id, key, OPEN_INCIDENTS).settled()

    async def update(self, incident_id: str, change: Change) -> Raw:
        """Make a change; what is in the metadata and not in the change's stays."""
        return await changing.update(self.client, self.page_id, incident_id, change)

    async def resolution(
        self, incident_id: str, change: Change | None = None, *, restore: bool = True
    ) -> Change:
        """Return what `resolve` would change, and change nothing."""
        return (await self._end(incident_id, change, restore=restore)).change

    async def resolve(
        self, incident_id: str, change: Change | None = None, *, restore: bool = True
    ) -> Raw:
        """Resolve an incident, or complete a maintenance, with what else `change` says of it.

        The components that it had changed and nothing else that is open needs become operational,
        unless `restore` is false or the change gives them another status.
        """
        return await (await self._end(incident_id, change, restore=restore)).carry_out()

    async def delete(self, incident_id: str) -> None:
        """Delete an incident. Nobody is told of it, by no webhook either."""
        await changing.delete(self.client, self.page_id, incident_id)

    async def edit_update(self, incident_id: str, update_id: str, edit: UpdateEdit) -> Raw:
        """Correct an update that is there: a new one is added by `update`."""
        path = endpoints.incident_update(self.page_id, incident_id, update_id)

        async def send() -> Raw:
            answer = await self.client.transport.patch(path, edit.request())
            return as_object(f"PATCH {path}", answer)

        async def look() -> Raw | None:
            incident = await changing.read(self.client, self.page_id, incident_id)
            for update in objects(incident.get("incident_updates")):
                if update.get("id") == update_id and shows_edit(update, edit):
                    return update
            return None

        return await once(self.client.transport, send, look)

    async def _end(self, incident_id: str, change: Change | None, *, restore: bool) -> Ending:
        return await ending.plan(
            self.client, self.page_id, incident_id, change or Change(), restore=restore
        )
