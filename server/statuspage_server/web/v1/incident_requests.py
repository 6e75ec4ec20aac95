"""From the body of a request to what the incident logic understands."""

from typing import Any

from statuspage_server.core.author import Author
from statuspage_server.core.incident_plan import IncidentRequest
from statuspage_server.web.v1.models import IncidentFields

_COLUMNS = frozenset(
    {
        "name",
        "impact_override",
        "scheduled_for",
        "scheduled_until",
        "scheduled_remind_prior",
        "auto_transition_to_maintenance_state",
        "auto_transition_to_operational_state",
        "scheduled_auto_in_progress",
        "scheduled_auto_completed",
        "auto_transition_deliver_notifications_at_start",
        "auto_transition_deliver_notifications_at_end",
        "reminder_intervals",
        "metadata",
        "backfill_date",
        "backfilled",
    }
)
# Null says "leave it" for these; for the others it empties the field.
_NEVER_NULL = frozenset(
    {
        "scheduled_remind_prior",
        "scheduled_auto_in_progress",
        "scheduled_auto_completed",
        "backfilled",
        "metadata",
        "name",
    }
)


def incident_request(fields: IncidentFields, author: Author) -> IncidentRequest:
    said = fields.said()
    # An older word for the same thing.
    if said.get("scheduled_auto_transition") is not None:
        said.setdefault("scheduled_auto_in_progress", said["scheduled_auto_transition"])
    columns: dict[str, Any] = {
        key: value
        for key, value in said.items()
        if key in _COLUMNS and not (value is None and key in _NEVER_NULL)
    }
    if columns.get("impact_override") == "":
        columns["impact_override"] = None
    statuses, attached = _components(fields)
    return IncidentRequest(
        columns=columns,
        status=fields.status or None,
        body=fields.body,
        statuses=statuses,
        attached=attached,
        deliver_notifications=fields.deliver_notifications is not False,
        wants_twitter_update=bool(fields.wants_twitter_update),
        author=author,
    )


def _components(fields: IncidentFields) -> tuple[dict[str, str], list[str] | None]:
    """A map of statuses or, as in the vendor's own example, a plain list of ids."""
    if isinstance(fields.components, list):
        listed = [*fields.components, *(fields.component_ids or ())]
        # An empty list here says nothing; an empty component_ids detaches all.
        return {}, listed or fields.component_ids
    statuses: dict[str, str] = {
        id_: status or "" for id_, status in (fields.components or {}).items()
    }
    return statuses, fields.component_ids
