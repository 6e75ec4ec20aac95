"""Takes a maintenance back that has not begun."""

from kinds import ObjectKind
from live_events.notification import Notification

from .executor import Action
from .order import Order
from .outcome import Outcome


class CancelMaintenance(Action):
    ACTION_NAME = "cancel_maintenance"
    WORKING = "Cancelling"
    DONE = "Cancelled"

    async def carry_out(self, order: Order) -> Outcome:
        """Delete it, of which no webhook tells."""
        incident_id = order.incident_id
        await order.maintenances.cancel(incident_id)
        return Outcome(
            "Cancelled the maintenance: it is deleted, and nobody was told.",
            incident_id,
            {"incidentId": incident_id},
            changed=(Notification(order.page_id, ObjectKind.INCIDENT, incident_id),),
        )
