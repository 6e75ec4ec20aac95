"""What is printed of an incident or maintenance that was written."""

from statuspage.answers import Raw
from statuspage.cli.app import App
from statuspage.cli.incident_columns import component_names
from statuspage.cli.output import Cell, Moment, Status, one_line


def show_incident(app: App, incident: Raw, told: str) -> None:
    """Say what was done, and print the incident as it is then."""
    if not app.output.as_json:
        app.output.note(told)
    app.output.object(incident, fields(incident))


def fields(incident: Raw) -> list[tuple[str, Cell]]:
    """Return what of an incident is worth a line."""
    return [
        ("ID", one_line(incident.get("id"))),
        ("Created at", Moment(incident.get("created_at"))),
        ("Updated at", Moment(incident.get("updated_at"))),
        ("Name", one_line(incident.get("name"))),
        ("Scheduled for", Moment(incident.get("scheduled_for"))),
        ("Scheduled until", Moment(incident.get("scheduled_until"))),
        ("Status", Status(incident.get("status"))),
        ("Impact", Status(incident.get("impact"))),
        ("Components", component_names(incident)),
        ("URL", one_line(incident.get("shortlink"))),
    ]
