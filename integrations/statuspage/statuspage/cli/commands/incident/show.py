"""`statuspage incident show`."""

import click

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.cli.incident_view import show_incident


@commanding.command(
    examples=[
        "statuspage incident show k7d2m4p9x1wz",
        "statuspage incident show k7d2m4p9x1wz --json",
    ]
)
@click.argument("incident", metavar="ID")
@pass_app
def command(app: App, incident: str) -> None:
    """Show an incident or a maintenance with all its updates."""
    show_incident(app.output, app.run(read, incident))


async def read(app: App, incident_id: str) -> Raw:
    """Read an incident; one that is not there ends the command."""
    async with app.client() as client:
        found = await client.incident(await app.page(client), incident_id)
    if found is None:
        raise Failure(f"There is no incident {incident_id} on this page.", ExitCode.NOT_FOUND)
    return found
