"""The pages that visitors look at, their feeds, badges and embeds, by HTTP."""

from statuspage_server.web.site import asset_routes, routes, sign_in

SITE_ROUTERS = (routes.router, asset_routes.router, sign_in.router)
