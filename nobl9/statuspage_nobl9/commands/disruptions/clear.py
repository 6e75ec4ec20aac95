"""`statuspage nobl9 disruptions clear`."""

from datetime import datetime

import click
from statuspage.cli.extension import MOMENT

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.versions import Version


@nobl9_command(examples=['statuspage nobl9 disruptions clear d2f1 --comment "All is well again"'])
@click.argument("disruption", metavar="ID")
@click.option("--comment", "-m", default="", metavar="TEXT", help="What was done.")
@click.option("--end-time", type=MOMENT, metavar="TIME", help="When it ended. [default: now]")
def command(app: App, disruption: str, comment: str, end_time: datetime | None) -> None:
    """End a disruption: its component is operational again."""
    app.run(clear, disruption, comment, end_time or app.environment.utc())
    app.output.object({"id": disruption, "isCleared": True}, [("Cleared", disruption)])


async def clear(app: App, disruption: str, comment: str, end_time: datetime) -> None:
    """End it."""
    async with app.client() as client:
        await client.version.needs(Version.V2, "Disruptions are a part of")
        await client.clear_disruption(disruption, end_time=end_time, comment=comment)
