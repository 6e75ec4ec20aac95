"""`statuspage nobl9 disruptions create`."""

from typing import Any

import click
from statuspage import Raw

from statuspage_nobl9.client import impacting
from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.reporting_options import occurred_at
from statuspage_nobl9.components import find_one
from statuspage_nobl9.statuses import SEVERITIES
from statuspage_nobl9.versions import Version


@nobl9_command(
    examples=['statuspage nobl9 disruptions create API majorOutage --comment "Orders fail"']
)
@click.argument("component", metavar="COMPONENT")
@click.argument("severity", type=click.Choice(SEVERITIES), metavar="SEVERITY")
@click.option("--comment", "-m", default="", metavar="TEXT", help="What is wrong.")
@occurred_at
def command(app: App, /, **given: Any) -> None:
    """Register that a component is disrupted. It can have one such disruption at a time.

    SEVERITY is degradedPerformance or majorOutage.
    """
    found = app.run(create, given)
    app.output.object(
        found,
        [("Component", str(found.get("name") or "")), ("Disruption", str(_id(found)))],
    )


def _id(component: Raw) -> object:
    return (impacting(component) or {}).get("id") or ""


async def create(app: App, given: dict[str, Any]) -> Raw:
    """Register it; return the component with it, since the API answers with nothing."""
    async with app.client() as client:
        await client.version.needs(Version.V2, "Disruptions are a part of")
        found = find_one(await client.components(), given["component"])
        await client.create_disruption(
            found.id,
            given["severity"],
            start_time=given["occurred_at"] or app.environment.utc(),
            comment=given["comment"],
        )
        return await client.component(found.id)
