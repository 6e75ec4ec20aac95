"""The bridge's incidents on the page, and how it knows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .moments import moment

type Raw = dict[str, Any]

# The name of ours in an incident's metadata, which everybody may read.
NAME = "statuspage_bridge"
# Pagerstatus ended the first text of its incidents with it.
PAGERSTATUS_MARK = "\N{THUNDER CLOUD AND RAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An incident of ours, open or over.

    `status` is what it last told of its component.
    """

    id: str
    component: str
    status: str
    begun_at: datetime
    is_over: bool = False
    over_at: datetime | None = None
    # A person has written to it since we did: it is theirs.
    is_taken_over: bool = False


def opening_mark(component: str, component_status: str, now: datetime, **written: str) -> Raw:
    """Return the metadata of a new incident with this `name` and `status`.

    What we left behind is compared with what is there: where they differ, a person was there.
    """
    component_told = {"component": component, "component_status": component_status}
    return {NAME: {**component_told, "opened_at": now.isoformat(), "updates": 1, **written}}


def next_mark(incident: Raw, component: str, component_status: str, **written: str) -> Raw:
    """Return the metadata of an incident after a write that adds an update to what is there."""
    left = _left(incident)
    told = {
        "component": component,
        "component_status": component_status,
        "opened_at": left.get("opened_at") or incident.get("created_at"),
        **_now(incident),
        "updates": len(_objects(incident.get("incident_updates"))) + 1,
    }
    return {NAME: {**told, **written}}


def ours(incidents: Iterable[Raw]) -> list[Published]:
    """Return the bridge's own incidents and those of Pagerstatus, the oldest first."""
    found = [one for incident in incidents if (one := _ours(incident)) is not None]
    return sorted(found, key=lambda one: (one.begun_at, one.id))


def _ours(incident: Raw) -> Published | None:
    left = _left(incident)
    begun_at = moment(left.get("opened_at")) or moment(incident.get("created_at"))
    if begun_at is None or not isinstance(incident.get("id"), str):
        return None
    if left:
        component, status = left.get("component"), str(left.get("component_status") or "")
        taken = _now(incident) != {name: left.get(name) for name in ("name", "status", "updates")}
    else:
        component, status = _of_pagerstatus(incident)
        # It only ever opened and resolved: an open one has a single update.
        taken = len(_objects(incident.get("incident_updates"))) != 1
    if not isinstance(component, str):
        return None
    return Published(
        id=incident["id"],
        component=component,
        status=status,
        begun_at=begun_at,
        is_over=incident.get("status") in ("resolved", "postmortem"),
        over_at=moment(incident.get("resolved_at")),
        is_taken_over=taken,
    )


def _left(incident: Raw) -> Raw:
    metadata = incident.get("metadata")
    left = metadata.get(NAME) if isinstance(metadata, dict) else None
    return left if isinstance(left, dict) else {}


def _now(incident: Raw) -> Raw:
    return {
        "name": incident.get("name"),
        # A postmortem is written after the end, and changes nothing of it.
        "status": "resolved" if incident.get("status") == "postmortem" else incident.get("status"),
        "updates": sum(
            update.get("status") != "postmortem"
            for update in _objects(incident.get("incident_updates"))
        ),
    }


def _of_pagerstatus(incident: Raw) -> tuple[str | None, str]:
    """Return the component of an incident that Pagerstatus opened.

    The list of what an update affected can be null, in real answers too.
    """
    first = _objects(incident.get("incident_updates"))[-1:]
    if not first or PAGERSTATUS_MARK not in str(first[0].get("body") or ""):
        return None, ""
    told = {code: str(new or "") for code, new in _affected(first[0])}
    if not told:
        rows = _objects(incident.get("components"))
        told = {str(row.get("id")): str(row.get("status") or "") for row in rows}
    return next(iter(told.items())) if len(told) == 1 else (None, "")


def _affected(update: Raw) -> Iterator[tuple[str, Any]]:
    for entry in _objects(update.get("affected_components")):
        if isinstance(entry.get("code"), str):
            yield entry["code"], entry.get("new_status")


def _objects(value: object) -> list[Raw]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
