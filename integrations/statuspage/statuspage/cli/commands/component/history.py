"""`statuspage component history`."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.completion import component_names
from statuspage.cli.input.types import LENGTH
from statuspage.cli.output import Column, Moment, Status, one_line
from statuspage.cli.recent import recent_incidents

if TYPE_CHECKING:
    from statuspage.cli.status_history import StatusChange

COLUMNS = (
    Column("Changed", lambda row: Moment(row["changed_at"])),
    Column("From", lambda row: Status(row["previous_status"])),
    Column("To", lambda row: Status(row["new_status"])),
    Column("By", lambda row: one_line(row["changed_by"])),
    Column("Incident", lambda row: one_line(row["incident_name"])),
    Column("Why", lambda row: one_line(row["comment"])),
)


@commanding.command(
    examples=[
        'statuspage component history "Shop / Search"',
        "statuspage component history Search --last 7d --json",
    ]
)
@click.argument("component", metavar="COMPONENT", shell_complete=component_names)
@click.option(
    "--last",
    type=LENGTH,
    metavar="LENGTH",
    default="90d",
    show_default=True,
    help="How far back incidents are read, such as 12h or 7d.",
)
@click.option("--limit", "-n", type=click.IntRange(min=1), help="How many changes at most.")
@pass_app
def command(app: App, component: str, last: timedelta, limit: int | None) -> None:
    """Show how a component's status changed: when, from what to what, by whom, and why.

    COMPONENT is an id, a name, or "Group / Name". The changes are those that incidents and
    maintenances made. Who made one is known where `statuspage report --requested-by` did: the API
    does not tell.
    """
    changes = app.run(read, component, last)
    app.output.objects(
        [change.raw() for change in changes[:limit]],
        COLUMNS,
        empty="No incident has changed this component's status in this time.",
    )


async def read(app: App, component: str, last: timedelta) -> "list[StatusChange]":
    """Read the changes; a name costs one request more than an id."""
    from statuspage.cli.status_history import status_changes  # noqa: PLC0415 (so does it)
    from statuspage.naming import find_components  # noqa: PLC0415 (it brings the client)

    since = app.environment.utc() - last
    async with app.client() as client:
        page_id = await app.page(client)
        found = await find_components(client, page_id, [component])
        unresolved, recent = await recent_incidents(client, page_id, since)
    incidents = {incident["id"]: incident for incident in [*recent, *unresolved]}
    changes = status_changes(incidents.values(), found[component])
    return [change for change in changes if (change.moment or since) >= since]
