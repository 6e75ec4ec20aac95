"""Turns a page of the example company (TOML) into an export that `statuspage-server fill` reads."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

type PageFile = Mapping[str, Any]
type Exported = dict[str, Any]

_MOMENT = re.compile(r"([+-])(\d+)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_OVER = {"resolved", "completed"}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_ID_LENGTH = 12


def exported(page: PageFile, now: datetime) -> Exported:
    """Return a page as an export; its moments are counted from now."""
    created = moment(page["created"], now)
    rows = list(_components(page, created))
    ids = {row["name"]: row["id"] for row in rows}
    return {
        "page": {"id": page["id"], "name": page["name"], "created_at": created},
        "components": rows,
        "incidents": [
            _incident(incident, page["id"], ids, now) for incident in page.get("incidents", [])
        ],
    }


def moment(written: str, now: datetime) -> str:
    """Return the moment that is written as `-3h` or `+2d`."""
    read = _MOMENT.fullmatch(written)
    if read is None:
        raise ValueError(f"{written!r} is no moment: write -90m, -3h or +2d.")
    distance = timedelta(**{_UNITS[read[3]]: int(read[2])})
    return (now + distance if read[1] == "+" else now - distance).isoformat()


def identifier(*names: str) -> str:
    """Return an id: the same names make the same."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(names).encode()).digest())
    letters: list[str] = []
    while len(letters) < _ID_LENGTH:
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def component_id(page_id: str, name: str) -> str:
    return identifier(page_id, "component", name)


def _components(page: PageFile, created: str) -> Iterator[Exported]:
    position = 0
    for group in [*page.get("groups", []), page]:
        group_id = None
        if group is not page:
            position += 1
            group_id = _group_id(page["id"], group["name"])
            yield _component(page["id"], group["name"], position, created, {"group": True})
        for place, written in enumerate(group.get("components", []), 1):
            position += group is page
            more = {**written, "group_id": group_id, "showcase": True}
            at = position if group is page else place
            yield _component(page["id"], written["name"], at, created, more)


def _group_id(page_id: str, name: str) -> str:
    return identifier(page_id, "group", name)


def _component(page_id: str, name: str, position: int, created: str, more: PageFile) -> Exported:
    is_group = bool(more.get("group"))
    return {
        "status": "operational",
        **more,
        "id": _group_id(page_id, name) if is_group else component_id(page_id, name),
        "name": name,
        "position": position,
        "start_date": None if is_group else created[:10],
        "created_at": created,
    }


def _incident(written: PageFile, page_id: str, ids: Mapping[str, str], now: datetime) -> Exported:
    updates = list(_updates(written, ids, now))
    last = updates[-1]
    incident: Exported = {
        "id": identifier(page_id, "incident", written["name"]),
        "name": written["name"],
        "impact": written["impact"],
        "status": last["status"],
        "created_at": updates[0]["created_at"],
        "updated_at": last["created_at"],
        "monitoring_at": _reached("monitoring", updates),
        "resolved_at": last["created_at"] if last["status"] in _OVER else None,
        "components": [{"id": ids[name], "name": name} for name in written["components"]],
        "incident_updates": updates,
    }
    if "scheduled_for" in written:
        incident |= {
            key: moment(written[key], now) for key in ("scheduled_for", "scheduled_until")
        } | {"scheduled_auto_in_progress": True, "scheduled_auto_completed": True}
    if "postmortem" in written:
        incident |= {
            "status": "postmortem",
            "postmortem_body": written["postmortem"].strip(),
            "postmortem_published_at": last["created_at"],
        }
    return incident


def _updates(written: PageFile, ids: Mapping[str, str], now: datetime) -> Iterator[Exported]:
    status = "operational"
    for update in written["updates"]:
        before, status = status, update.get("sets", status)
        at = moment(update["at"], now)
        yield {
            "id": identifier(written["name"], update["at"]),
            "status": update["status"],
            "body": update["body"],
            "created_at": at,
            "affected_components": [
                {"code": ids[name], "name": name, "old_status": before, "new_status": status}
                for name in written["components"]
            ],
        }


def _reached(status: str, updates: Sequence[Exported]) -> str | None:
    return next((one["created_at"] for one in updates if one["status"] == status), None)
