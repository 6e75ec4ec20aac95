"""`statuspage maintenance complete`."""

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
        'statuspage maintenance complete MAINTENANCE -m "All is done."',
        "statuspage maintenance complete --key upgrade-17 --keep-components",
    ]
)
@click.argument("maintenance", required=False)
@options.open_key
@options.keep_components
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """End a maintenance, and set its components back.

    A component that an open incident or another running maintenance affects stays as it is.
    """
    check_one(given["maintenance"], given["key"])
    change = Change(
        body=message_of(app, given), deliver_notifications=given["deliver_notifications"]
    )
    app.run(complete, given, change)


async def complete(app: App, given: dict[str, Any], change: Change) -> None:
    """Read what has to be set back, and end it."""
    from statuspage.writing import Maintenances  # noqa: PLC0415 (it brings the client)

    restore = not given["keep_components"]
    async with app.client() as client:
        page_id = await app.page(client)
        maintenances = Maintenances(client, page_id)
        id_ = await id_of(maintenances.find, given["maintenance"], given["key"])
        if given["dry_run"]:
            whole = await maintenances.completion(id_, change, restore=restore)
            await show_change(app, client, page_id, id_, whole)
            return
        await agree(app, client, page_id, change, yes=given["yes"])
        ended = await maintenances.complete(id_, change, restore=restore)
        show_incident(app, ended, "Maintenance completed:")
