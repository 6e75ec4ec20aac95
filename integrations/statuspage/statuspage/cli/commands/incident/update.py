"""`statuspage incident update`."""

from typing import Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.write import options
from statuspage.cli.write.changing import agree, check_one, id_of, show_change, with_components
from statuspage.cli.write.named import Named
from statuspage.cli.write.options import message_of
from statuspage.cli.write.results import show_incident
from statuspage.drafts import INCIDENT_STATUSES, Change


@commanding.command(
    examples=[
        'statuspage incident update INCIDENT -s identified -m "We found the cause."',
        "statuspage incident update INCIDENT -c API=partial_outage --notify",
        'statuspage incident update --key orders-4711 -s monitoring -m "A fix is out."',
    ]
)
@click.argument("incident", required=False)
@options.open_key
@options.title
@click.option("--status", "-s", type=click.Choice(INCIDENT_STATUSES), help="How far you are.")
@options.impact
@options.components("A component and its new status. Again for more.")
@options.component_status("Status of components named without one.")
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Add an update to an incident, or change it.

    What is not given stays as it is. A text or another status adds an update.
    """
    check_one(given["incident"], given["key"])
    change = Change(
        name=given["title"],
        status=given["status"],
        impact_override=given["impact"],
        body=message_of(app, given),
        deliver_notifications=given["deliver_notifications"],
    )
    if change.is_empty and not given["named"]:
        raise click.UsageError("Say what is to be different: --message, --status, --component ...")
    app.run(update, given, change, given["named"])


async def update(app: App, given: dict[str, Any], change: Change, named: tuple[Named, ...]) -> None:
    """Change it, with one request where all is given by ids."""
    from statuspage.writing import Incidents  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        incidents = Incidents(client, page_id)
        incident_id = await id_of(incidents.find, given["incident"], given["key"])
        change = await with_components(client, page_id, change, named, given["component_status"])
        if given["dry_run"]:
            await show_change(app, client, page_id, incident_id, change)
            return
        await agree(app, client, page_id, change, yes=given["yes"])
        show_incident(app, await incidents.update(incident_id, change), "Updated incident:")
