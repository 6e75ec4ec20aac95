"""Gives components a status, without an incident."""

from statuspage import set_statuses

from .errors import WrongInput
from .executor import Action
from .order import Order
from .outcome import Outcome, of_components


class SetComponentStatus(Action):
    ACTION_NAME = "set_component_status"
    WORKING = "Setting"
    DONE = "Set"

    async def carry_out(self, order: Order) -> Outcome:
        statuses = await order.given_statuses(order.inputs.text("status"))
        if not statuses:
            raise WrongInput("components is missing.")
        rows = await set_statuses(order.client, order.page_id, statuses)
        told = ", ".join(f"{row.get('name')} is {row.get('status')}" for row in rows)
        return of_components(order.page_id, rows, f"{told}.")
