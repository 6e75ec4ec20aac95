"""Makes a postmortem public."""

from statuspage import Postmortem, Publication

from .executor import Action
from .order import Order
from .outcome import Outcome, of_postmortem


class PublishPostmortem(Action):
    ACTION_NAME = "publish_postmortem"
    WORKING = "Publishing"
    DONE = "Published"

    async def carry_out(self, order: Order) -> Outcome:
        """Publish what was written, or what is given here."""
        inputs, incident_id = order.inputs, order.incident_id
        told = Publication(notify_subscribers=inputs.flag("notifySubscribers"))
        if (body := inputs.text("body")) is not None:
            await order.postmortems.write(incident_id, Postmortem(body))
        published = await order.postmortems.publish(incident_id, told)
        return of_postmortem(order.page_id, incident_id, published, "Published the postmortem.")
