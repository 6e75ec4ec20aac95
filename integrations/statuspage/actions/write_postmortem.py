"""Writes the draft of a postmortem."""

from statuspage import Postmortem

from .executor import Action
from .order import Order
from .outcome import Outcome, of_postmortem


class WritePostmortem(Action):
    ACTION_NAME = "write_postmortem"
    WORKING = "Writing"
    DONE = "Written"

    async def carry_out(self, order: Order) -> Outcome:
        draft = Postmortem(order.inputs.required("body"))
        written = await order.postmortems.write(order.incident_id, draft)
        said = "Wrote the draft of the postmortem."
        return of_postmortem(order.page_id, order.incident_id, written, said)
