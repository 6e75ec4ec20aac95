"""Every router of the Nobl9 API."""

from fastapi import APIRouter

from statuspage_server.web.nobl9 import (
    disruption_routes,
    issue_routes,
    token_routes,
    tree_routes,
)

NOBL9_ROUTERS: tuple[APIRouter, ...] = (
    token_routes.router,
    tree_routes.router,
    issue_routes.external_router,
    issue_routes.router,
    disruption_routes.reading_router,
    disruption_routes.router,
)
