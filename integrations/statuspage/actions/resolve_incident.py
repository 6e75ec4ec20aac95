"""Resolves an incident, or completes a maintenance, and sets its components back."""

from statuspage import Change

from .executor import Action
from .order import Order
from .outcome import Outcome, of_incident


class ResolveIncident(Action):
    ACTION_NAME = "resolve_incident"
    WORKING = "Resolving"
    DONE = "Resolved"

    async def carry_out(self, order: Order) -> Outcome:
        inputs = order.inputs
        change = Change(
            body=inputs.text("body"),
            components=await order.given_statuses(),
            deliver_notifications=inputs.flag("deliverNotifications"),
        )
        restore = inputs.flag("restoreComponents", default=True)
        incident = await order.incidents.resolve(order.incident_id, change, restore=restore)
        return of_incident(
            order.page_id,
            incident,
            "Resolved the incident.",
            {"resolvedAt": incident.get("resolved_at")},
        )
