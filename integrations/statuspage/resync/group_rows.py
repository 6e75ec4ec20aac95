"""Groups and components as the manage API has them, told by their rows in the public view.

A group's row has everything but the members, which name their group themselves; a component's has
everything but `automation_email`. So what the view shows of them costs no request of its own.
"""

from collections.abc import Container, Sequence
from datetime import UTC

from statuspage import Raw

from .streams import moment


def groups_of(rows: Sequence[Raw], wanted: Container[str]) -> dict[str, Raw]:
    """Return the wanted groups by id, each with its status."""
    groups = (row for row in rows if row.get("group") and row["id"] in wanted)
    return {row["id"]: _group(row, rows) for row in groups}


def component_of(row: Raw) -> Raw:
    """Return a component, without its `automation_email`; a group's row, without its members."""
    moments = {key: _to_the_second(row.get(key)) for key in ("created_at", "updated_at")}
    return {**{key: value for key, value in row.items() if key != "components"}, **moments}


def _group(row: Raw, rows: Sequence[Raw]) -> Raw:
    return {
        "id": row["id"],
        "page_id": row.get("page_id"),
        "name": row.get("name"),
        "description": row.get("description"),
        "components": [one["id"] for one in rows if one.get("group_id") == row["id"]],
        "position": row.get("position"),
        "created_at": _to_the_second(row.get("created_at")),
        "updated_at": _to_the_second(row.get("updated_at")),
        "__status": row.get("status"),
    }


def _to_the_second(value: object) -> object:
    """Write a moment of the public API as the manage API writes it."""
    known = moment(value)
    return value if known is None else f"{known.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
