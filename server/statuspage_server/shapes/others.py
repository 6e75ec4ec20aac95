"""Subscribers, templates and metrics."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from sqlalchemy import Row

from statuspage_server.core.moments import whole_seconds
from statuspage_server.shapes.components import manage_component


def manage_subscriber(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "skip_confirmation_notification": row.skip_confirmation,
        "mode": row.mode,
        "email": row.email,
        "endpoint": row.endpoint,
        "phone_number": row.phone_number,
        "phone_country": row.phone_country,
        "display_phone_number": row.phone_number,
        "obfuscated_channel_name": None,
        "workspace_name": None,
        "quarantined_at": whole_seconds(row.quarantined_at),
        "purge_at": whole_seconds(row.purge_at),
        "components": list(row.component_ids),
        "page_access_user_id": None,
        "created_at": whole_seconds(row.created_at),
    }


def manage_template(row: Row[Any], components: Sequence[Row[Any]]) -> dict[str, Any]:
    return {
        "id": row.id,
        "components": [manage_component(component) for component in components],
        "name": row.name,
        "title": row.title,
        "body": row.body,
        "group_id": row.group_id,
        "update_status": row.update_status,
        "should_tweet": row.should_tweet,
        "should_send_notifications": row.should_send_notifications,
    }


def manage_metric(row: Row[Any]) -> dict[str, Any]:
    settings = row.settings
    return {
        "id": row.id,
        "metrics_provider_id": row.provider_id,
        "metric_identifier": row.metric_identifier,
        "name": row.name,
        "display": settings.get("display", True),
        "tooltip_description": settings.get("tooltip_description"),
        "backfilled": True,
        "y_axis_min": settings.get("y_axis_min"),
        "y_axis_max": settings.get("y_axis_max"),
        "y_axis_hidden": settings.get("y_axis_hidden", False),
        "suffix": settings.get("suffix"),
        "decimal_places": settings.get("decimal_places", 0),
        "most_recent_data_at": whole_seconds(row.most_recent_data_at),
        "created_at": whole_seconds(row.created_at),
        "updated_at": whole_seconds(row.updated_at),
        "last_fetched_at": None,
        "backfill_percentage": 100,
        "reference_name": None,
    }


def manage_provider(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "type": row.type,
        "disabled": False,
        "metric_base_uri": row.settings.get("metric_base_uri"),
        "last_revalidated_at": whole_seconds(row.last_revalidated_at),
        "created_at": whole_seconds(row.created_at),
        "updated_at": whole_seconds(row.updated_at),
        "page_id": _page_number(row.page_id),
    }


def _page_number(page_id: str) -> int:
    """Here alone the vendor has a whole number of 32 bits, and clients made from its description
    read nothing else. It is the page's own, and the same every time."""
    return crc32(page_id.encode()) & 0x7FFF_FFFF
