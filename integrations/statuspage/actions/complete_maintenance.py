"""Ends a maintenance, and sets its components back."""

from statuspage import Change

from .executor import Action
from .order import Order
from .outcome import Outcome, of_incident


class CompleteMaintenance(Action):
    ACTION_NAME = "complete_maintenance"
    WORKING = "Completing"
    DONE = "Completed"

    async def carry_out(self, order: Order) -> Outcome:
        inputs = order.inputs
        change = Change(
            body=inputs.text("body"), deliver_notifications=inputs.flag("deliverNotifications")
        )
        restore = inputs.flag("restoreComponents", default=True)
        maintenance = await order.maintenances.complete(order.incident_id, change, restore=restore)
        return of_incident(order.page_id, maintenance, "Completed the maintenance.")
