"""`statuspage nobl9 issue create`."""

from datetime import datetime
from typing import Any

import click

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.reporting_options import occurred_at
from statuspage_nobl9.components import Component, find_one


@nobl9_command(
    examples=[
        'statuspage nobl9 issue create 5b3f0c1e-7a52-4d09-9f5c-2f4f0f7c1a11 --comment "Slow"',
        'statuspage nobl9 issue create "Shop / Search" --occurred-at "today 08:30"',
    ]
)
@click.argument("component", metavar="COMPONENT")
@click.option("--comment", "-m", default="", metavar="TEXT", help="What is wrong.")
@occurred_at
def command(app: App, component: str, comment: str, occurred_at: datetime | None) -> None:
    """Report an issue of a component, as a user does. COMPONENT is an id, a name or a path.

    Many issues in a short time change the component's status: 5 in 5 minutes.
    """
    found, answer = app.run(create, component, comment, occurred_at)
    raw = answer if isinstance(answer, dict) else {}
    app.output.object(
        raw, [("Reported", found.path), ("Id", str(raw.get("id") or "")), ("What", comment)]
    )


async def create(
    app: App, component: str, comment: str, occurred_at: datetime | None
) -> tuple[Component, Any]:
    """Send it."""
    async with app.client() as client:
        found = find_one(await client.components(), component)
        at = occurred_at or app.environment.utc()
        return found, await client.create_issue(found.id, occurred_at=at, comment=comment)
