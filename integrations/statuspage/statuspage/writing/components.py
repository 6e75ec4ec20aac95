"""Statuses of components, set without an incident."""

from collections.abc import Mapping

from statuspage import endpoints
from statuspage.answers import Raw, as_object
from statuspage.client import StatuspageClient
from statuspage.drafts.checks import check_statuses
from statuspage.errors import GroupHasNoStatus, NotFound, Refused

from .attempts import once


async def set_statuses(
    client: StatuspageClient, page_id: str, statuses: Mapping[str, str]
) -> list[Raw]:
    """Give components a status by their ids, with one request each; return them as they are then.

    Where one fails, those before it are set. Subscribers are told as the page is set up to: the
    API has no word for it here.
    """
    checked = check_statuses(statuses)
    return [await _set(client, page_id, id_, str(status)) for id_, status in checked.items()]


async def _set(client: StatuspageClient, page_id: str, component_id: str, status: str) -> Raw:
    path = endpoints.component(page_id, component_id)

    async def send() -> Raw:
        body = {"component": {"status": status}}
        return as_object(f"PATCH {path}", await client.transport.patch(path, body))

    async def look() -> Raw | None:
        row = await client.component(page_id, component_id)
        return row if row is not None and row.get("status") == status else None

    try:
        component = await once(client.transport, send, look)
    except Refused as refused:
        # The refusal of a group says no more than that of anything else.
        if type(refused) in (Refused, NotFound):
            row = await client.component(page_id, component_id)
            if row is not None and row.get("group"):
                raise GroupHasNoStatus(str(row.get("name") or component_id), []) from refused
        raise
    if component.get("group") and component.get("status") != status:
        raise GroupHasNoStatus(str(component.get("name") or component_id), [])
    return component
