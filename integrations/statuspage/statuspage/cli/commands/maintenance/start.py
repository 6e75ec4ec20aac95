"""`statuspage maintenance start`."""

from typing import Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.write import options
from statuspage.cli.write.changing import agree, check_one, id_of, show_change
from statuspage.cli.write.options import message_of
from statuspage.cli.write.results import show_incident
from statuspage.drafts import Change


@commanding.command(
    examples=[
        'statuspage maintenance start MAINTENANCE -m "We begin now."',
        "statuspage maintenance start --key upgrade-17 --notify",
    ]
)
@click.argument("maintenance", required=False)
@options.open_key
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Begin a maintenance now. Its components are under maintenance then."""
    check_one(given["maintenance"], given["key"])
    change = Change(
        body=message_of(app, given), deliver_notifications=given["deliver_notifications"]
    )
    app.run(start, given, change)


async def start(app: App, given: dict[str, Any], change: Change) -> None:
    """Read it, and begin it."""
    from statuspage.writing import Maintenances  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        maintenances = Maintenances(client, page_id)
        id_ = await id_of(maintenances.find, given["maintenance"], given["key"])
        if given["dry_run"]:
            whole = await maintenances.beginning(id_, change)
            await show_change(app, client, page_id, id_, whole)
            return
        await agree(app, client, page_id, change, yes=given["yes"])
        show_incident(app, await maintenances.start(id_, change), "Maintenance begun:")
