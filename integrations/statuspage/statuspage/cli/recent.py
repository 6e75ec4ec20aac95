"""Incidents of the recent past, and those that are still open, in as few requests as it takes."""

from datetime import datetime
from typing import TYPE_CHECKING

from statuspage.answers import Raw
from statuspage.records import moment

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient


async def recent_incidents(
    client: "StatuspageClient", page_id: str, since: datetime
) -> tuple[list[Raw], list[Raw]]:
    """Return the open incidents, and all incidents and maintenances created since a moment.

    The API cannot be asked for a period. It lists the newest first, though it does not say so:
    where a batch shows that order, reading ends with the first of which nothing is recent.
    """
    from statuspage.paging import Collection  # noqa: PLC0415 (it brings the client)

    unresolved = [one async for one in client.incidents(page_id, Collection.UNRESOLVED)]
    recent: dict[str, Raw] = {}
    async for batch in client.incidents(page_id).batches():
        fresh = [one for one in batch if (moment(one.get("created_at")) or since) >= since]
        if not fresh and _newest_first(batch):
            break
        recent |= {one["id"]: one for one in fresh}
    return unresolved, list(recent.values())


def _newest_first(batch: list[Raw]) -> bool:
    first, last = moment(batch[0].get("created_at")), moment(batch[-1].get("created_at"))
    return first is not None and last is not None and first >= last
