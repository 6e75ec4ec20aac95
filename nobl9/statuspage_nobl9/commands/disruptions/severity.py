"""`statuspage nobl9 disruptions severity`."""

import click
from statuspage.cli.extension import Status

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.statuses import SEVERITIES
from statuspage_nobl9.versions import Version


@nobl9_command(examples=["statuspage nobl9 disruptions severity d2f1 majorOutage"])
@click.argument("disruption", metavar="ID")
@click.argument("severity", type=click.Choice(SEVERITIES), metavar="SEVERITY")
@click.option("--comment", "-m", default="", metavar="TEXT", help="Why.")
def command(app: App, disruption: str, severity: str, comment: str) -> None:
    """Make a disruption worse or better: degradedPerformance or majorOutage."""
    app.run(change, disruption, severity, comment)
    app.output.object(
        {"id": disruption, "severity": severity},
        [("Disruption", disruption), ("Is", Status(severity))],
    )


async def change(app: App, disruption: str, severity: str, comment: str) -> None:
    """Change it."""
    async with app.client() as client:
        await client.version.needs(Version.V2, "Disruptions are a part of")
        await client.change_severity(disruption, severity, comment=comment)
