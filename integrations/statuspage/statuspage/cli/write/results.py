"""What is printed of an incident or maintenance that was written."""

from statuspage.answers import Raw
from statuspage.cli.app import App
from statuspage.cli.incident_view import fields


def show_incident(app: App, incident: Raw, told: str) -> None:
    """Say what was done, and print the incident as it is then."""
    if not app.output.as_json:
        app.output.note(told)
    app.output.object(incident, fields(incident))
