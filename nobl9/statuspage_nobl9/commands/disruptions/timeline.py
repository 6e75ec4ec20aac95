"""`statuspage nobl9 disruptions timeline`."""

from typing import Any

import click

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.columns import DISRUPTIONS
from statuspage_nobl9.rows import by_days
from statuspage_nobl9.versions import Version


@nobl9_command(
    examples=[
        "statuspage nobl9 disruptions timeline",
        "statuspage nobl9 disruptions timeline --impacting-only --json",
    ]
)
@click.option("--impacting-only", is_flag=True, help="Only those that go on.")
def command(app: App, *, impacting_only: bool) -> None:
    """Show the disruptions along the time."""
    found = app.run(read, impacting_only=impacting_only)
    if app.output.as_json:
        app.output.json(found)
    else:
        rows = by_days(found, "disruptions")
        app.output.objects(rows, DISRUPTIONS, empty="There is no such disruption.")


async def read(app: App, *, impacting_only: bool) -> Any:
    """Read them."""
    async with app.client() as client:
        await client.version.needs(Version.V2, "Disruptions are a part of")
        return await client.timeline(impacting_only=impacting_only)
