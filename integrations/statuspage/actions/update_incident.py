"""Changes an incident, and adds an update where there is something to say."""

from statuspage import Change

from .executor import Action
from .order import Order
from .outcome import Outcome, newest_update, of_incident


class UpdateIncident(Action):
    ACTION_NAME = "update_incident"
    WORKING = "Updating"
    DONE = "Updated"

    async def carry_out(self, order: Order) -> Outcome:
        inputs = order.inputs
        change = Change(
            name=inputs.text("name"),
            status=inputs.text("status"),
            body=inputs.text("body"),
            impact_override=inputs.text("impact"),
            components=await order.given_statuses(),
            deliver_notifications=inputs.flag("deliverNotifications"),
        )
        incident = await order.incidents.update(order.incident_id, change)
        return of_incident(
            order.page_id, incident, "Updated the incident.", {"updateId": newest_update(incident)}
        )
