"""Begins a maintenance now."""

from statuspage import Change

from .executor import Action
from .order import Order
from .outcome import Outcome, of_incident


class StartMaintenance(Action):
    ACTION_NAME = "start_maintenance"
    WORKING = "Starting"
    DONE = "Started"

    async def carry_out(self, order: Order) -> Outcome:
        inputs = order.inputs
        change = Change(
            body=inputs.text("body"), deliver_notifications=inputs.flag("deliverNotifications")
        )
        maintenance = await order.maintenances.start(order.incident_id, change)
        return of_incident(order.page_id, maintenance, "Started the maintenance.")
