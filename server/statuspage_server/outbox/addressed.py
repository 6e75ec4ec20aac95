"""A stored notification made ready for one subscriber: links begin with the server's address."""

from typing import Any

from statuspage_server.outbox.parcels import Parcel


def unsubscribe_link(public_url: str, secret: str) -> str:
    return f"{public_url}/subscriptions/{secret}/unsubscribe"


def addressed(parcel: Parcel, public_url: str) -> dict[str, Any]:
    payload = dict(parcel.payload)
    payload["meta"] = {
        "unsubscribe": unsubscribe_link(public_url, parcel.secret),
        "documentation": f"{public_url}/pages/{parcel.page_id}",
        **payload["meta"],
    }
    incident = payload.get("incident")
    if incident is not None:
        payload["incident"] = {**incident, "shortlink": public_url + incident["shortlink"]}
    return payload
