"""Opens an incident."""

from typing import Any

from statuspage import NewIncident

from .executor import Action
from .order import Order
from .outcome import Outcome, of_incident


class CreateIncident(Action):
    ACTION_NAME = "create_incident"
    WORKING = "Creating"
    DONE = "Created"

    async def carry_out(self, order: Order) -> Outcome:
        """Open it; a run that comes again finds what it has opened."""
        inputs = order.inputs
        draft = NewIncident(
            name=inputs.required("name"),
            status=inputs.text("status") or "investigating",
            body=inputs.text("body"),
            impact_override=inputs.text("impact"),
            components=await order.statuses(),
            deliver_notifications=inputs.flag("deliverNotifications"),
            metadata=metadata_of(order),
        )
        created = await order.incidents.create_once(draft, order.run_id, forever=True)
        return _opened(order, created.incident)

    async def recover(self, order: Order) -> Outcome | None:
        found = await order.incidents.find(order.run_id, forever=True)
        return None if found is None else _opened(order, found)


def metadata_of(order: Order) -> dict[str, Any]:
    """Return the metadata, with the run where Port's own guide puts it."""
    given = order.inputs.fields("metadata")
    port = given.get("port")
    return {**given, "port": {**(port if isinstance(port, dict) else {}), "runId": order.run_id}}


def _opened(order: Order, incident: dict[str, Any]) -> Outcome:
    return of_incident(order.page_id, incident, f"Opened the incident {incident.get('name')}.")
