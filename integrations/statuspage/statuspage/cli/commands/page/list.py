"""`statuspage page list`."""

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.output import Column, one_line

COLUMNS = (
    Column("ID", lambda page: one_line(page.get("id"))),
    Column("Name", lambda page: one_line(page.get("name"))),
    Column("Subdomain", lambda page: one_line(page.get("subdomain"))),
    Column("Domain", lambda page: one_line(page.get("domain"))),
)


@commanding.command(examples=["statuspage page list", "statuspage page list --json"])
@pass_app
def command(app: App) -> None:
    """List the pages that the API key sees. Other commands take any of these names for --page."""
    app.output.objects(app.run(read), COLUMNS, empty="The API key sees no page.")


async def read(app: App) -> list[Raw]:
    """Read the pages, with one request."""
    async with app.client() as client:
        return await client.pages()
