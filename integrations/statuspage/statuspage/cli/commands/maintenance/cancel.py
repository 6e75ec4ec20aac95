"""`statuspage maintenance cancel`."""

from typing import Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.input.asking import confirm
from statuspage.cli.write import options
from statuspage.cli.write.changing import check_one, id_of


@commanding.command(
    examples=[
        "statuspage maintenance cancel MAINTENANCE",
        "statuspage maintenance cancel --key upgrade-17 --yes",
    ]
)
@click.argument("maintenance", required=False)
@options.open_key
@options.yes
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Take a maintenance back that has not begun: it is deleted, and nobody is told.

    To tell subscribers, complete it with a message and --notify instead.
    """
    check_one(given["maintenance"], given["key"])
    if not given["yes"]:
        confirm(app, "--yes", "Delete the maintenance for good?")
    app.run(cancel, given)


async def cancel(app: App, given: dict[str, Any]) -> None:
    """Make sure that it has not begun, and delete it."""
    from statuspage.writing import Maintenances  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        maintenances = Maintenances(client, await app.page(client))
        id_ = await id_of(maintenances.find, given["maintenance"], given["key"])
        await maintenances.cancel(id_)
    app.output.note(f"Cancelled the maintenance {id_}.")
