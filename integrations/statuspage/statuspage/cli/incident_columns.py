"""How incidents and maintenances are listed."""

from statuspage.answers import Raw
from statuspage.records import objects

from .output import Column, Moment, Status, one_line


def component_names(incident: Raw) -> str:
    """Return the names of an incident's components in one line."""
    return ", ".join(one_line(row.get("name")) for row in objects(incident.get("components")))


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
