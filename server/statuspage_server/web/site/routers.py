"""All routes of the visitors' pages."""

from statuspage_server.web.site import (
    asset_routes,
    badge_routes,
    embed_routes,
    feed_routes,
    json_routes,
    list_routes,
    routes,
    sign_in,
    uptime_routes,
)

SITE_ROUTERS = (
    # Before the pages: `/incidents/<id>.json` would be an incident with an odd id otherwise.
    json_routes.router,
    routes.router,
    uptime_routes.router,
    list_routes.router,
    feed_routes.router,
    badge_routes.router,
    embed_routes.router,
    asset_routes.router,
    sign_in.router,
)
