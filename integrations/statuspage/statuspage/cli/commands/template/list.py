"""`statuspage template list`."""

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.output import Column, Status, one_line

COLUMNS = (
    Column("ID", lambda template: one_line(template.get("id"))),
    Column("Name", lambda template: one_line(template.get("name"))),
    Column("Status", lambda template: Status(template.get("update_status"))),
    Column("Title", lambda template: one_line(template.get("title"))),
    Column("Text", lambda template: one_line(template.get("body"))),
)


@commanding.command(examples=["statuspage template list", "statuspage template list --json"])
@pass_app
def command(app: App) -> None:
    """List the templates from which incidents and maintenances can be written."""
    app.output.objects(app.run(read), COLUMNS, empty="This page has no templates.")


async def read(app: App) -> list[Raw]:
    """Read the templates."""
    async with app.client() as client:
        return [template async for template in client.templates(await app.page(client))]
