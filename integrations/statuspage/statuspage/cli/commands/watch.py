"""`statuspage watch`."""

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app


@commanding.command(
    examples=[
        "statuspage watch --page acme",
        "statuspage watch --url https://www.githubstatus.com",
        "statuspage watch --once",
        "statuspage watch --interval 60 | tee changes.txt",
    ]
)
@click.option(
    "--url", metavar="URL", help="The address of any public page; then no API key is needed."
)
@click.option(
    "--interval",
    type=click.FloatRange(min=10),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How often the page is read; its public view is kept for 10 s.",
)
@click.option("--once", is_flag=True, help="Show the page once.")
@pass_app
def command(app: App, url: str | None, interval: float, *, once: bool) -> None:
    """Show a page live, through its public view, at no cost to the quota.

    No request counts where the page is given by its id. Through a pipe, each change is a line;
    with --json, each changed view is one.
    """
    app.run(follow, url, interval, once=once)


async def follow(app: App, url: str | None, interval: float, *, once: bool) -> None:
    """Find the address of the public view, and show it."""
    from statuspage import endpoints  # noqa: PLC0415 (it brings the client)
    from statuspage.cli.connecting import connected  # noqa: PLC0415
    from statuspage.cli.watching.loop import watch  # noqa: PLC0415

    if url is None:
        page_id = await _page_id(app)
        url = endpoints.public(endpoints.base_address(app.options.host), page_id, "summary")
    else:
        url = f"{endpoints.base_address(url)}/api/v2/summary.json"
    # The key stays out of it: whoever serves the public view need not know it.
    async with connected(app, "") as client:
        await watch(app, client.transport, url, interval, once=once)


async def _page_id(app: App) -> str:
    from statuspage.naming import is_id  # noqa: PLC0415 (it brings the client)

    if app.options.page and is_id(app.options.page):
        return app.options.page
    async with app.client() as client:
        return await app.page(client)
