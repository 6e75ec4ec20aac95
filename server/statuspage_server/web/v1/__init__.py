"""The manage API, as Atlassian's clients know it."""

from fastapi import APIRouter

from statuspage_server.web.v1 import (
    components,
    incident_subscribers,
    incidents,
    metrics,
    pages,
    postmortems,
    subscribers,
    templates,
    uptime,
)

ROUTERS: tuple[APIRouter, ...] = (
    pages.router,
    components.router,
    components.groups_router,
    uptime.router,
    incidents.router,
    postmortems.router,
    incident_subscribers.router,
    templates.router,
    subscribers.router,
    metrics.router,
)
