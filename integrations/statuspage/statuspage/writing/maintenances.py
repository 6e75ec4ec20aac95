"""Maintenances of one page: scheduled, begun, ended, moved, cancelled."""

from dataclasses import dataclass, replace

from statuspage.answers import Raw
from statuspage.client import StatuspageClient
from statuspage.drafts import Change, NewMaintenance
from statuspage.errors import UnusableArgument
from statuspage.records import moment, objects

from . import changing, creation, ending
from .creation import OPEN_MAINTENANCES, Creation, Keyed


@dataclass(frozen=True, slots=True)
class Maintenances:
    """What can be done to the maintenances of a page."""

    client: StatuspageClient
    page_id: str

    async def schedule(self, draft: NewMaintenance) -> Raw:
        """Announce a maintenance with one request. When its answer is lost, look before again."""
        return await creation.create(self.client, self.page_id, draft)

    async def schedule_once(
        self, draft: NewMaintenance, key: str, *, forever: bool = False, contested: bool = False
    ) -> Creation:
        """Announce a maintenance, unless one with this key is planned or runs.

        `forever` and `contested` are those of `Incidents.create_once`.
        """
        keyed = Keyed(self.client, self.page_id, key, OPEN_MAINTENANCES, forever or draft.is_over)
        return await keyed.create_once(draft, contested=contested)

    async def find(self, key: str, *, forever: bool = False) -> Raw | None:
        """Return the maintenance with this key that is planned or runs; `forever` as above."""
        found = await Keyed(self.client, self.page_id, key, OPEN_MAINTENANCES, forever).find()
        return found[0] if found else None

    async def beginning(self, maintenance_id: str, change: Change | None = None) -> Change:
        """Return what `start` would change, and change nothing."""
        change = change or Change()
        maintenance = await changing.read(self.client, self.page_id, maintenance_id)
        affected = {}
        if maintenance.get("auto_transition_to_maintenance_state") is not False:
            rows = objects(maintenance.get("components"))
            affected = {str(row["id"]): "under_maintenance" for row in rows if "id" in row}
        return replace(change, status="in_progress", components={**affected, **change.components})

    async def start(self, maintenance_id: str, change: Change | None = None) -> Raw:
        """Begin a maintenance now: its components are under maintenance, unless it leaves them."""
        change = await self.beginning(maintenance_id, change)
        return await changing.update(self.client, self.page_id, maintenance_id, change)

    async def completion(
        self, maintenance_id: str, change: Change | None = None, *, restore: bool = True
    ) -> Change:
        """Return what `complete` would change, and change nothing."""
        change = change or Change()
        return (
            await ending.plan(self.client, self.page_id, maintenance_id, change, restore=restore)
        ).change

    async def complete(
        self, maintenance_id: str, change: Change | None = None, *, restore: bool = True
    ) -> Raw:
        """End a maintenance; its components become operational as in `Incidents.resolve`."""
        change = change or Change()
        ended = await ending.plan(
            self.client, self.page_id, maintenance_id, change, restore=restore
        )
        return await ended.carry_out()

    async def move(self, maintenance_id: str, change: Change) -> Change:
        """Return what `reschedule` would change, and change nothing."""
        if change.scheduled_for is None and change.scheduled_until is None:
            raise UnusableArgument("scheduled_for", "is missing: say when it begins or ends.")
        if change.scheduled_for is None or change.scheduled_until is not None:
            return change
        maintenance = await changing.read(self.client, self.page_id, maintenance_id)
        begin = moment(maintenance.get("scheduled_for"))
        until = moment(maintenance.get("scheduled_until"))
        if begin is None or until is None:
            raise UnusableArgument("scheduled_until", "is missing, and was not set before.")
        return replace(change, scheduled_until=change.scheduled_for + (until - begin))

    async def reschedule(self, maintenance_id: str, change: Change) -> Raw:
        """Move a maintenance to other times; without a new end it takes as long as before."""
        change = await self.move(maintenance_id, change)
        return await changing.update(self.client, self.page_id, maintenance_id, change)

    async def cancel(self, maintenance_id: str) -> None:
        """Take a maintenance back that has not begun: it is deleted, and nobody is told."""
        maintenance = await changing.read(self.client, self.page_id, maintenance_id)
        status = maintenance.get("status")
        if status != "scheduled":
            raise UnusableArgument(
                "maintenance", f"is {status}: only one that has not begun can be cancelled."
            )
        await changing.delete(self.client, self.page_id, maintenance_id)
