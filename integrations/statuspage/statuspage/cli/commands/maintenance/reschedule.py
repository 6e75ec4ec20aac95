"""`statuspage maintenance reschedule`."""

from typing import Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.input.asking import missing
from statuspage.cli.write import maintenance as planned
from statuspage.cli.write import options
from statuspage.cli.write.changing import check_one, id_of, show_change
from statuspage.cli.write.options import message_of
from statuspage.cli.write.preview import agree_to_notify
from statuspage.cli.write.results import show_incident
from statuspage.drafts import Change


@commanding.command(
    examples=[
        'statuspage maintenance reschedule MAINTENANCE --at "tomorrow 23:00"',
        "statuspage maintenance reschedule MAINTENANCE --until +3h --auto-complete",
        'statuspage maintenance reschedule --key upgrade-17 --at +1h --for 2h -m "An hour later."',
    ]
)
@click.argument("maintenance", required=False)
@options.open_key
@planned.times("When it begins now.")
@planned.switches(with_defaults=False)
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Move a maintenance to other times. Without a new end it takes as long as before."""
    check_one(given["maintenance"], given["key"])
    end = planned.end_of(given["begin"], given["until"], given["length"])
    if given["begin"] is None and end is None:
        missing("--at")
    change = Change(
        scheduled_for=given["begin"],
        scheduled_until=end,
        body=message_of(app, given),
        deliver_notifications=given["deliver_notifications"],
        **planned.switched(given),
    )
    app.run(reschedule, given, change)


async def reschedule(app: App, given: dict[str, Any], change: Change) -> None:
    """Move it; how long it takes is read where only its beginning was given."""
    from statuspage.writing import Maintenances  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        maintenances = Maintenances(client, page_id)
        id_ = await id_of(maintenances.find, given["maintenance"], given["key"])
        if given["dry_run"]:
            await show_change(app, client, page_id, id_, await maintenances.move(id_, change))
            return
        await agree_to_notify(app, client, page_id, notify=planned.reaches(given), yes=given["yes"])
        show_incident(app, await maintenances.reschedule(id_, change), "Rescheduled maintenance:")
