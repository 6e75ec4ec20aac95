"""`statuspage incident resolve`."""

from typing import Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.write import options
from statuspage.cli.write.changing import agree, check_one, id_of, show_change, with_components
from statuspage.cli.write.named import Named
from statuspage.cli.write.options import message_of
from statuspage.cli.write.results import show_incident
from statuspage.drafts import Change


@commanding.command(
    examples=[
        'statuspage incident resolve INCIDENT -m "All is well again."',
        "statuspage incident resolve --key orders-4711 --notify",
        "statuspage incident resolve INCIDENT --keep-components",
        "statuspage incident resolve INCIDENT --dry-run",
    ]
)
@click.argument("incident", required=False)
@options.open_key
@options.impact
@options.components("A component that gets another status than operational. Again for more.")
@options.keep_components
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Resolve an incident, and set back the components that it had changed.

    A component that another open incident or a running maintenance affects stays as it is. The id
    of a maintenance completes that.
    """
    check_one(given["incident"], given["key"])
    change = Change(
        impact_override=given["impact"],
        body=message_of(app, given),
        deliver_notifications=given["deliver_notifications"],
    )
    app.run(resolve, given, change, given["named"])


async def resolve(
    app: App, given: dict[str, Any], change: Change, named: tuple[Named, ...]
) -> None:
    """Resolve it; what has to be set back is read first."""
    from statuspage.writing import Incidents  # noqa: PLC0415 (it brings the client)

    restore = not given["keep_components"]
    async with app.client() as client:
        page_id = await app.page(client)
        incidents = Incidents(client, page_id)
        incident_id = await id_of(incidents.settle, given["incident"], given["key"])
        change = await with_components(client, page_id, change, named, "operational")
        if given["dry_run"]:
            whole = await incidents.resolution(incident_id, change, restore=restore)
            await show_change(app, client, page_id, incident_id, whole)
            return
        await agree(app, client, page_id, change, yes=given["yes"])
        resolved = await incidents.resolve(incident_id, change, restore=restore)
        show_incident(app, resolved, "Resolved incident:")
