"""`conan statuspage:create-incident`."""

from .cmd_create_incident import create_incident

create_incident_dashed = create_incident.dashed()
