"""A component or group, as each API and the notifications show it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.moments import milliseconds, whole_seconds


def manage_component(row: Row[Any], status: str | None = None) -> dict[str, Any]:
    """A group's row shows the status of its members, which the caller derives."""
    return {
        "id": row.id,
        "page_id": row.page_id,
        "group_id": row.group_id,
        "created_at": whole_seconds(row.created_at),
        "updated_at": whole_seconds(row.updated_at),
        "group": row.is_group,
        "name": row.name,
        "description": row.description,
        "position": row.position,
        "status": status or row.status,
        "showcase": row.showcase,
        "only_show_if_degraded": row.only_show_if_degraded,
        "automation_email": row.automation_email,
        "start_date": row.start_date,
    }


def manage_group(row: Row[Any], member_ids: Sequence[str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "page_id": row.page_id,
        "name": row.name,
        "description": row.description,
        "components": list(member_ids),
        "position": row.position,
        "created_at": whole_seconds(row.created_at),
        "updated_at": whole_seconds(row.updated_at),
    }


def public_component(
    row: Row[Any], status: str | None = None, member_ids: Sequence[str] | None = None
) -> dict[str, Any]:
    shape = {
        "id": row.id,
        "name": row.name,
        "status": status or row.status,
        "created_at": milliseconds(row.created_at),
        "updated_at": milliseconds(row.updated_at),
        "position": row.position,
        "description": row.description,
        "showcase": row.showcase,
        "start_date": row.start_date,
        "group_id": row.group_id,
        "page_id": row.page_id,
        "group": row.is_group,
        "only_show_if_degraded": row.only_show_if_degraded,
    }
    return shape if member_ids is None else {**shape, "components": list(member_ids)}


def notified_component(row: Row[Any]) -> dict[str, Any]:
    """In notifications: no `group`, no `only_show_if_degraded`, no `automation_email`."""
    return {
        "status": row.status,
        "name": row.name,
        "created_at": milliseconds(row.created_at),
        "updated_at": milliseconds(row.updated_at),
        "position": row.position,
        "description": row.description,
        "showcase": row.showcase,
        "start_date": row.start_date,
        "id": row.id,
        "page_id": row.page_id,
        "group_id": row.group_id,
    }
