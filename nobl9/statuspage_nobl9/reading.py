"""What is read in whichever version is spoken, in the same form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from statuspage import Raw

from .client import Nobl9Client
from .moments import read
from .rows import by_days, objects
from .versions import Version


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents: `raw` as the API has them, `rows` in the form of v1, the newest first."""

    raw: Raw
    rows: list[Raw]


async def incidents(
    client: Nobl9Client, *, ongoing: bool | None = None, limit: int | None = None
) -> Incidents:
    """Return incidents, or disruptions in their place."""
    if await client.speaks(Version.V1):
        raw = await client.incidents(ongoing=ongoing)
        return Incidents(raw, by_days(raw, "incidents")[:limit])
    state = None if ongoing is None else "impacting" if ongoing else "cleared"
    found = await client.disruptions(state=state, limit=limit)
    return Incidents({"disruptions": found}, [_as_incident(one) for one in found])


async def status_history(client: Nobl9Client, component_id: str) -> Raw:
    """Return the changes of a component's status, the newest first."""
    if await client.speaks(Version.V1):
        return await client.status_changes(component_id)
    changes = [
        change
        for one in await client.disruptions()
        if _origin(one) == component_id
        for change in objects(one.get("history"))
    ]
    return {"history": sorted(changes, key=_moment, reverse=True)}


def changes_of(history: Raw) -> list[Raw]:
    """Return the changes of a history."""
    return objects(history.get("history"))


def _as_incident(disruption: Raw) -> Raw:
    start, end = (read(disruption.get(name)) for name in ("startTime", "endTime"))
    origin = disruption.get("originComponent")
    history = objects(disruption.get("history"))
    return {
        "date": start.date().isoformat() if start else "",
        "componentName": origin.get("name") if isinstance(origin, dict) else None,
        "severity": disruption.get("severity"),
        "status": "resolved" if disruption.get("isCleared") else "ongoing",
        "startedAt": disruption.get("startTime"),
        "endedAt": disruption.get("endTime"),
        "duration": (end - start).total_seconds() if start and end else None,
        "startComment": disruption.get("title") or next(iter(_comments(history)), None),
    }


def _comments(history: list[Raw]) -> Iterable[object]:
    return (one.get("comment") for one in history)


def _origin(disruption: Raw) -> object:
    origin = disruption.get("originComponent")
    return origin.get("id") if isinstance(origin, dict) else disruption.get("originComponentId")


def _moment(change: Raw) -> float:
    at: datetime | None = read(change.get("changedAt"))
    return at.timestamp() if at else 0.0
