"""The bridge's incidents on the page, and how it knows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .decision import Decision
from .moments import moment

type Raw = dict[str, Any]

# The name of ours in an incident's metadata, which everybody may read.
NAME = "statuspage_bridge"
# Pagerstatus ended the first text of its incidents with it.
PAGERSTATUS_MARK = "\N{THUNDER CLOUD AND RAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An incident of ours, open or over.

    `components` has what it last told of each. `group` is the key of what it is about, where that
    is not a single component. Without an `impact` we have not set any.
    """

    id: str
    components: Mapping[str, str]
    begun_at: datetime
    group: str = ""
    impact: str = ""
    notify: bool = False
    template: str = ""
    is_over: bool = False
    over_at: datetime | None = None
    # A person has written to it since we did: it is theirs.
    is_taken_over: bool = False


def opening_mark(decision: Decision, now: datetime, **written: str) -> Raw:
    """Return the metadata of a new incident with this `name` and `status`.

    What we left behind is compared with what is there: where they differ, a person was there.
    """
    return {NAME: {**_told(decision), "opened_at": now.isoformat(), "updates": 1, **written}}


def next_mark(incident: Raw, decision: Decision, **written: str) -> Raw:
    """Return the metadata of an incident after a write that adds an update to what is there."""
    told = {
        **_told(decision),
        "opened_at": _left(incident).get("opened_at") or incident.get("created_at"),
        **_now(incident),
        "updates": len(_objects(incident.get("incident_updates"))) + 1,
    }
    return {NAME: {**told, **written, "impact": decision.impact}}


def as_incident(published: Published) -> Raw:
    """Return an incident of a page that keeps no metadata, as the Statuspage API has them."""
    shown = {"name": "", "status": "resolved" if published.is_over else "investigating"}
    mark = {
        **shown,
        "components": dict(published.components),
        "group": published.group,
        "impact": published.impact,
        "notify": published.notify,
        "template": published.template,
        "opened_at": published.begun_at.isoformat(),
        "updates": 0,
    }
    return {
        **shown,
        "id": published.id,
        "created_at": published.begun_at.isoformat(),
        "components": [{"id": id_} for id_ in published.components],
        "incident_updates": [],
        "impact_override": published.impact or None,
        "metadata": {NAME: mark},
    }


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
        components = left.get("components")
        now = _now(incident)
        taken = now != {name: left.get(name) for name in now}
    else:
        components = _of_pagerstatus(incident)
        # It only ever opened and resolved: an open one has a single update.
        taken = len(_objects(incident.get("incident_updates"))) != 1
    if not isinstance(components, dict) or not components:
        return None
    return Published(
        id=incident["id"],
        components={id_: str(status or "") for id_, status in components.items()},
        begun_at=begun_at,
        group=str(left.get("group") or ""),
        impact=str(left.get("impact") or ""),
        notify=left.get("notify") is True,
        template=str(left.get("template") or ""),
        is_over=incident.get("status") in ("resolved", "postmortem"),
        over_at=moment(incident.get("resolved_at")),
        is_taken_over=taken,
    )


def _told(decision: Decision) -> Raw:
    return {
        "components": dict(decision.components),
        "group": decision.group,
        "impact": decision.impact,
        "notify": decision.notify,
        "template": decision.template,
    }


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
        "impact": incident.get("impact_override") or "",
    }


def _of_pagerstatus(incident: Raw) -> Raw:
    """Return the component of an incident that Pagerstatus opened, with its status.

    The list of what an update affected can be null, in real answers too.
    """
    first = _objects(incident.get("incident_updates"))[-1:]
    if not first or PAGERSTATUS_MARK not in str(first[0].get("body") or ""):
        return {}
    told = dict(_affected(first[0]))
    if not told:
        told = {
            row["id"]: row.get("status")
            for row in _objects(incident.get("components"))
            if isinstance(row.get("id"), str)
        }
    return told if len(told) == 1 else {}


def _affected(update: Raw) -> Iterator[tuple[str, Any]]:
    for entry in _objects(update.get("affected_components")):
        if isinstance(entry.get("code"), str):
            yield entry["code"], entry.get("new_status")


def _objects(value: object) -> list[Raw]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
