"""Notifications in the shape in which the vendor sends them, with made-up content."""

from typing import Any

PAGE = "r4k9wz2mq7xd"
INCIDENT = "h7c2vn5kq9ws"
COMPONENT = "c7z1nd5tv9qb"

type Json = dict[str, Any]


def incident(
    *,
    page_id: str = PAGE,
    incident_id: str = INCIDENT,
    status: str = "identified",
    updated_at: str = "2026-09-14T09:05:09.412Z",
    updates: int = 2,
    **changes: Any,
) -> Json:
    """Return the notification of an incident or a maintenance."""
    return _around(page_id) | {
        "incident": {
            "id": incident_id,
            "name": "Parcels cannot be tracked",
            "status": status,
            "created_at": "2026-09-14T09:00:00.103Z",
            "updated_at": updated_at,
            "incident_updates": [
                {
                    "id": f"upd{number:09d}",
                    "incident_id": incident_id,
                    "status": status,
                    "body": "We look into it.",
                    "created_at": "2026-09-14T09:00:00.103Z",
                    "updated_at": updated_at,
                    "affected_components": None,
                }
                for number in range(updates)
            ],
        }
        | changes
    }


def component(
    *,
    page_id: str = PAGE,
    component_id: str = COMPONENT,
    status: str = "major_outage",
    created_at: str = "2026-09-14T09:05:17.902Z",
) -> Json:
    """Return the notification of a component whose status changed."""
    return _around(page_id) | {
        "component": {
            "id": component_id,
            "page_id": page_id,
            "name": "Tracking API",
            "status": status,
            "created_at": "2025-02-11T08:31:09.000Z",
            "updated_at": created_at,
        },
        "component_update": {
            "id": "u5q2xj8rk4wn",
            "component_id": component_id,
            "component_type": "Component",
            "old_status": "operational",
            "new_status": status,
            "created_at": created_at,
            "state": "sn_created",
        },
    }


def _around(page_id: str) -> Json:
    return {
        "meta": {
            "unsubscribe": "http://status.example.com/?unsubscribe=made-up",
            "documentation": "https://status.example.com/api",
            "generated_at": "2026-09-14T09:05:50.201Z",
        },
        "page": {
            "id": page_id,
            "status_indicator": "major",
            "status_description": "Partial System Outage",
        },
    }
