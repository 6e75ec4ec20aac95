"""All routes of the operators' pages."""

from statuspage_server.web.admin import (
    components,
    heartbeats,
    home,
    incidents,
    postmortems,
    sign_in,
    subscribers,
    templates,
)

ADMIN_ROUTERS = (
    sign_in.router,
    home.router,
    # `incidents/new` before an incident that would be called so.
    incidents.router,
    postmortems.router,
    components.router,
    templates.router,
    subscribers.router,
    heartbeats.router,
)
