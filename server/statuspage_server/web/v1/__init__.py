"""The manage API, as Atlassian's clients know it: one module for each resource."""

from fastapi import APIRouter

from statuspage_server.web.v1 import (
    components,
    groups,
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
    groups.router,
    uptime.router,
    incidents.router,
    postmortems.router,
    incident_subscribers.router,
    templates.router,
    subscribers.router,
    metrics.router,
)
