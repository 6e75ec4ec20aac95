"""How one incident or maintenance is shown: its fields, then its updates, the newest first."""

from statuspage.answers import Raw
from statuspage.records import objects

from .output import Cell, Moment, Output, Status, one_line, text_of


def show_incident(output: Output, incident: Raw) -> None:
    """Print an incident, or the API's object where JSON is wanted."""
    output.object(incident, fields(incident))
    for update in objects(incident.get("incident_updates")):
        output.text("")
        output.fields(
            [
                ("Update", Status(update.get("status"))),
                ("At", Moment(update.get("display_at") or update.get("created_at"))),
                ("Components", _affected(update)),
            ]
        )
        output.text(text_of(update.get("body")))


def fields(incident: Raw) -> list[tuple[str, Cell]]:
    """Return what an incident itself says, without its updates."""
    components = ", ".join(
        f"{one_line(row.get('name'))} ({Status(row.get('status')).words})"
        for row in objects(incident.get("components"))
    )
    return [
        ("ID", one_line(incident.get("id"))),
        ("Name", one_line(incident.get("name"))),
        ("Status", Status(incident.get("status"))),
        ("Impact", Status(incident.get("impact"))),
        ("Begins", Moment(incident.get("scheduled_for"))),
        ("Ends", Moment(incident.get("scheduled_until"))),
        ("Created", Moment(incident.get("created_at"))),
        ("Updated", Moment(incident.get("updated_at"))),
        ("Resolved", Moment(incident.get("resolved_at"))),
        ("Components", components),
        ("URL", one_line(incident.get("shortlink"))),
    ]


def _affected(update: Raw) -> str:
    return ", ".join(
        f"{one_line(row.get('name'))}: {Status(row.get('old_status')).words} -> "
        f"{Status(row.get('new_status')).words}"
        for row in objects(update.get("affected_components"))
        if row.get("code") and row.get("old_status") != row.get("new_status")
    )
