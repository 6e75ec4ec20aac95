"""How incidents and maintenances are listed."""

from typing import Any

from .output import Column, Moment, Status, one_line


def component_names(incident: dict[str, Any]) -> str:
    """Return the names of an incident's components in one line."""
    components = incident.get("components")
    rows = components if isinstance(components, list) else []
    return ", ".join(one_line(row.get("name")) for row in rows if isinstance(row, dict))


ID = Column("ID", lambda incident: one_line(incident.get("id")))
NAME = Column("Name", lambda incident: one_line(incident.get("name")))
STATUS = Column("Status", lambda incident: Status(incident.get("status")))
IMPACT = Column("Impact", lambda incident: Status(incident.get("impact")))
CREATED = Column("Created", lambda incident: Moment(incident.get("created_at")))
BEGINS = Column("Begins", lambda incident: Moment(incident.get("scheduled_for")))
ENDS = Column("Ends", lambda incident: Moment(incident.get("scheduled_until")))
COMPONENTS = Column("Components", component_names)

INCIDENT = (ID, STATUS, IMPACT, CREATED, NAME, COMPONENTS)
MAINTENANCE = (ID, STATUS, BEGINS, ENDS, NAME, COMPONENTS)


def is_maintenance(incident: dict[str, Any]) -> bool:
    """Tell a maintenance, which is listed among the incidents, from an incident."""
    statuses = ("scheduled", "in_progress", "verifying", "completed")
    return bool(incident.get("scheduled_for")) or incident.get("status") in statuses
