"""Corrects an update that is already there."""

from statuspage import UpdateEdit

from .executor import Action
from .order import Order
from .outcome import Outcome, of_update


class EditUpdate(Action):
    ACTION_NAME = "edit_update"
    WORKING = "Correcting"
    DONE = "Corrected"

    async def carry_out(self, order: Order) -> Outcome:
        inputs = order.inputs
        edit = UpdateEdit(
            body=inputs.text("body"),
            display_at=inputs.moment("displayAt"),
            deliver_notifications=inputs.flag("deliverNotifications"),
        )
        update = await order.incidents.edit_update(
            order.incident_id, order.inputs.identifier("updateId"), edit
        )
        return of_update(order.page_id, order.incident_id, update)
