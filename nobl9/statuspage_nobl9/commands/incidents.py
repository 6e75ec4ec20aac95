"""`statuspage nobl9 incidents`."""

import click

from statuspage_nobl9.reading import Incidents, incidents

from .app import App, nobl9_command
from .columns import INCIDENTS


@nobl9_command(
    examples=[
        "statuspage nobl9 incidents",
        "statuspage nobl9 incidents --ongoing",
        "statuspage nobl9 incidents --resolved --limit 10 --json",
    ]
)
@click.option("--ongoing", "--impacting", "ongoing", is_flag=True, help="Only those that go on.")
@click.option("--resolved", "--cleared", "resolved", is_flag=True, help="Only those that are over.")
@click.option("--limit", "-n", type=click.IntRange(min=1), help="How many at most.")
def command(app: App, *, ongoing: bool, resolved: bool, limit: int | None) -> None:
    """List incidents, the newest first, by the day on which they began.

    In v2 of the API these are disruptions.
    """
    if ongoing and resolved:
        raise click.UsageError("Give --ongoing or --resolved, not both.")
    which = ongoing if ongoing or resolved else None
    found = app.run(read, which, limit)
    if app.output.as_json:
        app.output.json(found.raw)
    else:
        app.output.objects(found.rows, INCIDENTS, empty="There is no such incident.")


async def read(app: App, ongoing: bool | None, limit: int | None) -> Incidents:  # noqa: FBT001 (three answers)
    """Read them."""
    async with app.client() as client:
        return await incidents(client, ongoing=ongoing, limit=limit)
