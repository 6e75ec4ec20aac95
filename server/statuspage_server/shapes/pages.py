"""A page, for the manage API (45 keys), the public API and notifications."""

from typing import Any

from sqlalchemy import Row

from statuspage_server.core.moments import milliseconds, whole_seconds
from statuspage_server.core.status import TopLevel
from statuspage_server.core.time_zones import zone_of


def manage_page(row: Row[Any], public_url: str, *, mail: bool) -> dict[str, Any]:
    """What subscribers may be is what the page allows and the server can do."""
    return {
        "id": row.id,
        "created_at": whole_seconds(row.created_at),
        "updated_at": whole_seconds(row.updated_at),
        "name": row.name,
        **row.settings,
        "allow_email_subscribers": mail and row.settings.get("allow_email_subscribers", True),
        "allow_sms_subscribers": False,
        "url": _url(row, public_url),
    }


def _url(row: Row[Any], public_url: str) -> str:
    """The site that the operator gave the page, else where the page itself is: unlike the vendor's
    pages it has no host of its own that a client could work out."""
    return row.settings.get("url") or f"{public_url}/pages/{row.id}"


def public_page(row: Row[Any], public_url: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "url": _url(row, public_url),
        # Clients look this up in the tz database.
        "time_zone": zone_of(row.settings.get("time_zone")).key,
        "updated_at": milliseconds(row.updated_at),
    }


def public_status(status: TopLevel) -> dict[str, Any]:
    return {"indicator": status.indicator, "description": status.description}


def notified_page(page_id: str, status: TopLevel) -> dict[str, Any]:
    return {
        "id": page_id,
        "status_indicator": status.indicator,
        "status_description": status.description,
    }
