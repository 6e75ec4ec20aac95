"""Announces a maintenance."""

from datetime import datetime
from typing import Any

from statuspage import NewMaintenance

from .create_incident import metadata_of
from .errors import WrongInput
from .executor import Action
from .inputs import Inputs
from .order import Order
from .outcome import Outcome, of_incident


class ScheduleMaintenance(Action):
    ACTION_NAME = "schedule_maintenance"
    WORKING = "Scheduling"
    DONE = "Scheduled"

    async def carry_out(self, order: Order) -> Outcome:
        """Announce it; a run that comes again finds what it has announced."""
        inputs = order.inputs
        begin, end = _period(inputs)
        draft = NewMaintenance(
            name=inputs.required("name"),
            scheduled_for=begin,
            scheduled_until=end,
            body=inputs.text("body"),
            components=await order.statuses(),
            metadata=metadata_of(order),
            scheduled_auto_in_progress=inputs.flag("autoStart", default=True),
            scheduled_auto_completed=inputs.flag("autoComplete"),
            scheduled_remind_prior=inputs.flag("remindPrior"),
            deliver_notifications=inputs.flag("deliverNotifications"),
        )
        created = await order.maintenances.schedule_once(draft, order.run_id, forever=True)
        return _announced(order, created.incident)

    async def recover(self, order: Order) -> Outcome | None:
        found = await order.maintenances.find(order.run_id, forever=True)
        return None if found is None else _announced(order, found)


def _period(inputs: Inputs) -> tuple[datetime, datetime]:
    begin, end = inputs.moment("scheduledFor"), inputs.moment("scheduledUntil")
    if begin is None:
        raise WrongInput("scheduledFor is missing.")
    if end is not None:
        return begin, end
    length = inputs.minutes("durationMinutes")
    if length is None:
        raise WrongInput("scheduledUntil is missing: give it, or durationMinutes.")
    return begin, begin + length


def _announced(order: Order, maintenance: dict[str, Any]) -> Outcome:
    times = {
        "scheduledFor": maintenance.get("scheduled_for"),
        "scheduledUntil": maintenance.get("scheduled_until"),
    }
    name = maintenance.get("name")
    return of_incident(order.page_id, maintenance, f"Announced the maintenance {name}.", times)
