"""Whether an incident shows that a change has been made. No I/O."""

from typing import Any

from statuspage.answers import Raw
from statuspage.drafts import Change, UpdateEdit
from statuspage.records import moment, objects


def shows(incident: Raw, change: Change) -> bool:
    """Tell whether everything that `change` says is so.

    The same text as the newest update's counts as said: nobody needs to read it twice in a row.
    """
    said = change.request()["incident"]
    said.pop("deliver_notifications")
    return all(_shows_one(incident, name, value) for name, value in said.items())


def shows_edit(update: Raw, edit: UpdateEdit) -> bool:
    """Tell whether an update is as `edit` says."""
    said = edit.request()["incident_update"]
    return ("body" not in said or update.get("body") == said["body"]) and (
        "display_at" not in said or moment(update.get("display_at")) == moment(said["display_at"])
    )


def _shows_one(incident: Raw, name: str, value: Any) -> bool:
    if name == "body":
        newest = objects(incident.get("incident_updates"))[:1]
        return bool(newest) and str(newest[0].get("body") or "").strip() == value.strip()
    if name == "components":
        rows = objects(incident.get("components"))
        now = {row.get("id"): row.get("status") for row in rows}
        return all(now.get(id_, status) == status for id_, status in value.items())
    if name in ("scheduled_for", "scheduled_until"):
        return moment(incident.get(name)) == moment(value)
    return bool(incident.get(name) == value)
