"""`statuspage nobl9 issue list`."""

from typing import Any

from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.columns import ISSUES
from statuspage_nobl9.rows import issues_of


@nobl9_command(
    examples=["statuspage nobl9 issue list", "statuspage nobl9 issue list --json"],
)
def command(app: App) -> None:
    """List what was reported."""
    found = app.run(read)
    if app.output.as_json:
        app.output.json(found)
    else:
        app.output.objects(issues_of(found), ISSUES, empty="Nothing was reported.")


async def read(app: App) -> Any:
    """Read them."""
    async with app.client() as client:
        return await client.issues()
