"""Reads which webhook subscriptions of ours a page has."""

from collections.abc import Collection

from statuspage import StatuspageClient

from .installation import Installation
from .subscriptions import Plan, endpoint_of, is_quarantined, plan


async def look(
    client: StatuspageClient,
    installation: Installation,
    page_id: str,
    *,
    confirmed: Collection[str] = (),
    created: Collection[str] = (),
) -> Plan:
    """Read what a page has of ours. Nobody needs to ask again who confirmed once."""
    ours = [
        one
        async for one in client.webhook_subscribers(page_id)
        if one["id"] in created or installation.made(page_id, endpoint_of(one))
    ]
    unconfirmed: set[str] = set()
    if any(one["id"] not in confirmed and not is_quarantined(one) for one in ours):
        unconfirmed = {one["id"] async for one in client.unconfirmed_webhooks(page_id)}
    return plan(installation, page_id, ours, unconfirmed, created)
