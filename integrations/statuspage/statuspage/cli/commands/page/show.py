"""`statuspage page show`."""

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.cli.output import Moment, Status, one_line


@commanding.command(
    examples=[
        "statuspage page show",
        "statuspage page show --page acme",
        "statuspage page show --json",
    ]
)
@pass_app
def command(app: App) -> None:
    """Show a page with its status."""
    page, status = app.run(read)
    app.output.object(
        page,
        [
            ("ID", one_line(page.get("id"))),
            ("Name", one_line(page.get("name"))),
            ("Status", Status(status.get("indicator"))),
            ("Description", one_line(status.get("description"))),
            ("Subdomain", one_line(page.get("subdomain"))),
            ("Domain", one_line(page.get("domain"))),
            ("Website", one_line(page.get("url"))),
            ("Time zone", one_line(page.get("time_zone"))),
            ("Updated", Moment(page.get("updated_at"))),
        ],
    )


async def read(app: App) -> tuple[Raw, Raw]:
    """Read a page and its status, which the public view tells, or else its components."""
    from statuspage import page_status  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        page = await client.page(page_id)
        if page is None:
            raise Failure(f"There is no page {page_id}.", ExitCode.NOT_FOUND)
        status = await client.public_status(page)
        if status is None:
            status = page_status.derived([row async for row in client.components(page_id)])
    return page, status.raw()
