"""Changes an incident or deletes it, once."""

from dataclasses import replace

from statuspage import endpoints
from statuspage.answers import Raw, as_object
from statuspage.client import StatuspageClient
from statuspage.drafts import Change
from statuspage.errors import UnusableArgument

from .attempts import once
from .effects import shows


async def read(client: StatuspageClient, page_id: str, incident_id: str) -> Raw:
    """Return an incident as it is now; one that is gone is an error."""
    path = endpoints.incident(page_id, incident_id)
    return as_object(f"GET {path}", await client.transport.get(path))


async def update(client: StatuspageClient, page_id: str, incident_id: str, change: Change) -> Raw:
    """Make a change, with one request; one more where it has metadata, to keep what is there."""
    if change.is_empty:
        raise UnusableArgument("change", "is empty: say what is to be different.")
    path = endpoints.incident(page_id, incident_id)
    if change.metadata is not None:
        before = (await read(client, page_id, incident_id)).get("metadata")
        kept = before if isinstance(before, dict) else {}
        change = replace(change, metadata={**kept, **change.metadata})

    async def send() -> Raw:
        return as_object(f"PATCH {path}", await client.transport.patch(path, change.request()))

    async def look() -> Raw | None:
        incident = await read(client, page_id, incident_id)
        return incident if shows(incident, change) else None

    return await once(client.transport, send, look)


async def delete(client: StatuspageClient, page_id: str, incident_id: str) -> None:
    """Delete an incident; one that is gone after a lost answer was deleted by us."""
    path = endpoints.incident(page_id, incident_id)

    async def send() -> bool:
        await client.transport.delete(path)
        return True

    async def look() -> bool | None:
        return None if await client.incident(page_id, incident_id) else True

    await once(client.transport, send, look)
