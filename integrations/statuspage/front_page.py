"""What a person reads who opens the integration's address in a browser."""

from port_ocean.context.ocean import ocean
from starlette.responses import PlainTextResponse


def show() -> None:
    """Answer `GET /`, below the path prefix where there is one."""
    app = ocean.app
    health = f"{app.route_prefix}/health/ready"
    text = (
        f"This is the Statuspage integration of Port, installed as "
        f"{ocean.config.integration.identifier}. What it brings is in Port's catalog; whether it "
        f"is well is at {health}.\n"
    )

    async def front_page() -> PlainTextResponse:
        return PlainTextResponse(text)

    app.fast_api_app.add_api_route(f"{app.route_prefix}/", front_page, include_in_schema=False)
