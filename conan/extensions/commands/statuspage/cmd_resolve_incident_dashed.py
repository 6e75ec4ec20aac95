"""`conan statuspage:resolve-incident`."""

from .cmd_resolve_incident import resolve_incident

resolve_incident_dashed = resolve_incident.dashed()
