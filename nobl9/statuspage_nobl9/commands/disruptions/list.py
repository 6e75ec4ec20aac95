"""`statuspage nobl9 disruptions list`."""

import click
from statuspage import Raw

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.columns import DISRUPTIONS
from statuspage_nobl9.versions import Version


@nobl9_command(
    examples=[
        "statuspage nobl9 disruptions list --impacting",
        "statuspage nobl9 disruptions list --cleared --limit 10 --json",
    ]
)
@click.option("--impacting", is_flag=True, help="Only those that go on.")
@click.option("--cleared", is_flag=True, help="Only those that are over.")
@click.option("--limit", "-n", type=click.IntRange(min=1), help="How many at most.")
def command(app: App, *, impacting: bool, cleared: bool, limit: int | None) -> None:
    """List disruptions, of components that were or are not operational."""
    if impacting and cleared:
        raise click.UsageError("Give --impacting or --cleared, not both.")
    state = "impacting" if impacting else "cleared" if cleared else None
    found = app.run(read, state, limit)
    app.output.objects(found, DISRUPTIONS, empty="There is no such disruption.")


async def read(app: App, state: str | None, limit: int | None) -> list[Raw]:
    """Read them."""
    async with app.client() as client:
        await client.version.needs(Version.V2, "Disruptions are a part of")
        return await client.disruptions(state=state, limit=limit)
