"""The payload for one subscriber: the stored notification with links to this server."""

from typing import Any

from statuspage_server.outbox.queue import Delivery


def subscription_link(public_url: str, secret: str, wish: str) -> str:
    return f"{public_url}/subscriptions/{secret}/{wish}"


def unsubscribe_link(public_url: str, secret: str) -> str:
    return subscription_link(public_url, secret, "unsubscribe")


def manage_link(public_url: str, secret: str) -> str:
    return subscription_link(public_url, secret, "manage")


def payload_for(delivery: Delivery, public_url: str) -> dict[str, Any]:
    payload = dict(delivery.payload)
    payload["meta"] = {
        "unsubscribe": unsubscribe_link(public_url, delivery.secret),
        "documentation": f"{public_url}/pages/{delivery.page_id}",
        **payload["meta"],
    }
    incident = payload.get("incident")
    if incident is not None:
        payload["incident"] = {**incident, "shortlink": public_url + incident["shortlink"]}
    return payload
