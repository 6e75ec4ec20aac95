"""`statuspage nobl9 status change`."""

import click
from statuspage import Raw
from statuspage.cli.extension import Status

from statuspage_nobl9.changing import change_status
from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.components import Component, find_one
from statuspage_nobl9.statuses import STATUSES
from statuspage_nobl9.versions import Version


@nobl9_command(
    examples=[
        'statuspage nobl9 status change API majorOutage --comment "Service down"',
        "statuspage nobl9 status change API degradedPerformance --propagate",
        "statuspage nobl9 status change API operational",
    ]
)
@click.argument("component", metavar="COMPONENT")
@click.argument("status", type=click.Choice(STATUSES), metavar="STATUS")
@click.option("--comment", "-m", default="", metavar="TEXT", help="Why.")
@click.option("--propagate", is_flag=True, help="Change what is above the component too.")
def command(app: App, component: str, status: str, comment: str, *, propagate: bool) -> None:
    """Change a component's status to operational, degradedPerformance or majorOutage.

    COMPONENT is an id, a name or a path such as "Shop / Search". What is not operational opens an
    incident, operational ends it; in v2 of the API that is a disruption.
    """
    found, change = app.run(send, component, status, comment, propagate=propagate)
    app.output.object(
        change,
        [
            ("Component", found.path),
            ("Was", Status(change.get("previousStatus"))),
            ("Is", Status(change.get("newStatus"))),
        ],
    )


async def send(
    app: App, component: str, status: str, comment: str, *, propagate: bool
) -> tuple[Component, Raw]:
    """Find the component, and change it."""
    async with app.client() as client:
        found = find_one(await client.components(), component)
        if propagate and await client.speaks(Version.V2):
            app.output.note("What is above a component follows by itself in v2 of the API.")
        change = await change_status(client, found.id, status, comment=comment, propagate=propagate)
        return found, change
