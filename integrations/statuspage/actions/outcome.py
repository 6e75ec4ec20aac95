"""What came of an action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kinds import ObjectKind
from live_events.notification import Notification
from statuspage import Raw


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told in the run, and what has changed so that the catalog must have it.

    `outputs` are what later nodes of a workflow can use.
    """

    message: str
    external_id: str
    outputs: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None
    changed: tuple[Notification, ...] = ()


def of_incident(
    page_id: str, incident: Raw, message: str, outputs: Mapping[str, Any] | None = None
) -> Outcome:
    """Return the outcome of an action on an incident or a maintenance."""
    url = incident.get("shortlink")
    told = {"incidentId": incident["id"], "status": incident.get("status"), "url": url}
    return Outcome(
        message,
        incident["id"],
        _given({**told, **(outputs or {})}),
        url if isinstance(url, str) else None,
        _told(page_id, incident["id"]),
    )


def of_components(page_id: str, components: Iterable[Raw], message: str) -> Outcome:
    """Return the outcome of an action on components."""
    rows = list(components)
    statuses = {row["id"]: row.get("status") for row in rows}
    outputs = {"componentIds": list(statuses), "statuses": statuses}
    changed = tuple(Notification(page_id, ObjectKind.COMPONENT, id_) for id_ in statuses)
    return Outcome(message, ",".join(statuses), outputs, None, changed)


def of_postmortem(page_id: str, incident_id: str, postmortem: Raw, message: str) -> Outcome:
    """Return the outcome of an action on a postmortem."""
    outputs = {"incidentId": incident_id, "publishedAt": postmortem.get("published_at")}
    return Outcome(message, incident_id, _given(outputs), None, _told(page_id, incident_id))


def of_update(page_id: str, incident_id: str, update: Raw) -> Outcome:
    """Return the outcome of a correction."""
    outputs = {"incidentId": incident_id, "updateId": update["id"]}
    return Outcome("Corrected the update.", incident_id, outputs, None, _told(page_id, incident_id))


def newest_update(incident: Raw) -> str | None:
    """Return the id of the update that was added last."""
    updates = incident.get("incident_updates")
    newest = updates[0] if isinstance(updates, list) and updates else None
    return newest.get("id") if isinstance(newest, dict) else None


def _told(page_id: str, incident_id: str) -> tuple[Notification, ...]:
    return (Notification(page_id, ObjectKind.INCIDENT, incident_id),)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
