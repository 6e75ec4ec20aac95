"""`statuspage incident delete`."""

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.input.asking import confirm
from statuspage.cli.write import options


@commanding.command(
    examples=["statuspage incident delete INCIDENT", "statuspage incident delete INCIDENT --yes"]
)
@click.argument("incident")
@options.yes
@pass_app
def command(app: App, incident: str, yes: bool) -> None:  # noqa: FBT001 (click calls it so)
    """Delete an incident with all its updates. This cannot be undone, and nobody is told.

    The components stay as they are: resolve an incident to set them back.
    """
    if not yes:
        confirm(app, "--yes", f"Delete the incident {incident} for good?")
    app.run(delete, incident)


async def delete(app: App, incident: str) -> None:
    """Delete it; with --json, print nothing."""
    from statuspage.writing import Incidents  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        await Incidents(client, await app.page(client)).delete(incident)
    app.output.note(f"Deleted the incident {incident}.")
