"""`statuspage nobl9 status history`."""

import click
from statuspage import Raw

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.columns import HISTORY
from statuspage_nobl9.components import find_one
from statuspage_nobl9.reading import changes_of, status_history


@nobl9_command(
    examples=[
        "statuspage nobl9 status history API",
        'statuspage nobl9 status history "Shop / Search" --limit 5 --json',
    ]
)
@click.argument("component", metavar="COMPONENT")
@click.option("--limit", "-n", type=click.IntRange(min=1), help="How many changes at most.")
def command(app: App, component: str, limit: int | None) -> None:
    """Show how a component's status changed: when, from what to what, by whom, and why.

    COMPONENT is an id, a name or a path.
    """
    found = app.run(read, component)
    changes = changes_of(found)[:limit]
    if app.output.as_json:
        app.output.json({**found, "history": changes})
    else:
        app.output.objects(changes, HISTORY, empty="Its status has not changed.")


async def read(app: App, component: str) -> Raw:
    """Find the component, and read its changes."""
    async with app.client() as client:
        found = find_one(await client.components(), component)
        return await status_history(client, found.id)
