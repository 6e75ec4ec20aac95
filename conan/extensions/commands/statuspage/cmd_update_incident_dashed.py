"""`conan statuspage:update-incident`."""

from .cmd_update_incident import update_incident

update_incident_dashed = update_incident.dashed()
