"""Changes of a component's status, in whichever version is spoken.

In v2 a component that is not operational has an impacting disruption, one at most; what is above
it follows by itself: https://docs.nobl9.com/organization-status
"""

from statuspage import Raw

from .client import Nobl9Client, impacting
from .statuses import OPERATIONAL
from .versions import Version


async def change_status(
    client: Nobl9Client,
    component_id: str,
    status: str,
    *,
    comment: str = "",
    propagate: bool = False,
) -> Raw:
    """Set a component's status; return what it was and what it is."""
    if await client.speaks(Version.V1):
        return await client.change_status(
            component_id, status, comment=comment, propagate=propagate
        )
    before = impacting(await client.component(component_id))
    was = str(before.get("severity")) if before else OPERATIONAL
    now = client.now
    if before is None and status != OPERATIONAL:
        await client.create_disruption(component_id, status, start_time=now, comment=comment)
    elif before is not None and status == OPERATIONAL:
        await client.clear_disruption(str(before.get("id")), end_time=now, comment=comment)
    elif before is not None and status != was:
        await client.change_severity(str(before.get("id")), status, comment=comment)
    return {"componentId": component_id, "previousStatus": was, "newStatus": status}
