"""`statuspage nobl9 components`."""

from statuspage_nobl9.components import Component

from .app import App, nobl9_command
from .columns import COMPONENTS, rows_of


@nobl9_command(
    examples=["statuspage nobl9 components", "statuspage nobl9 components --json"],
)
def command(app: App) -> None:
    """List the components with their status, each behind those that it belongs to."""
    found = rows_of(app.run(read))
    app.output.objects(found, COMPONENTS, empty="There is no component.")


async def read(app: App) -> list[Component]:
    """Read the tree."""
    async with app.client() as client:
        return await client.components()
