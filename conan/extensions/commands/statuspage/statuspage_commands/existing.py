"""Incidents and maintenances that are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conan.errors import ConanException

if TYPE_CHECKING:
    from statuspage import StatuspageClient


async def read(client: StatuspageClient, page_id: str, incident_id: str) -> dict[str, Any]:
    """Return one as it is now."""
    incident = await client.incident(page_id, incident_id)
    if incident is None:
        raise ConanException(f"There is no incident or maintenance {incident_id} on this page.")
    return incident


def affected(incident: dict[str, Any]) -> list[str]:
    """Return the ids of its components."""
    return [row["id"] for row in incident.get("components") or [] if isinstance(row, dict)]


def event_of(incident: dict[str, Any]) -> str:
    """Return what it is, in the words of `--event`."""
    from statuspage.drafts import MAINTENANCE_STATUSES

    return "maintenance" if incident.get("status") in MAINTENANCE_STATUSES else "incident"
