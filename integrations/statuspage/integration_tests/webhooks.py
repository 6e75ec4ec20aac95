"""Posts webhooks to the booted integration as Statuspage does."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
from port_ocean.context.ocean import ocean

from subscriptions.startup import this_installation
from tests.live_events import notifications


async def post(payload: object, page_id: str) -> httpx.Response:
    """Post a payload to the address that a page's subscription has."""
    transport = httpx.ASGITransport(ocean.app.fast_api_app)
    async with httpx.AsyncClient(transport=transport) as caller:
        address = this_installation().endpoint(page_id)
        return await caller.post(address, content=json.dumps(payload))


async def tell(notification: dict[str, Any]) -> None:
    """Post a notification to the address of the page that it is about."""
    answer = await post(notification, notification["page"]["id"])
    assert answer.status_code == 200


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 (what is waited for is at another end of the wire)
            await asyncio.sleep(0.01)


def of_incident(incident: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the notification about an incident as it is, but for some changes."""
    named = {"page_id": incident["page_id"], "incident_id": incident["id"]}
    return notifications.incident(**(named | {"status": incident["status"]} | changes))


def of_component(component: dict[str, Any]) -> dict[str, Any]:
    """Return the notification about a component as it is."""
    return notifications.component(
        page_id=component["page_id"], component_id=component["id"], status=component["status"]
    )
