"""`statuspage maintenance list`."""

import click

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.incident_columns import MAINTENANCE
from statuspage.records import is_maintenance

COMING, UPCOMING, ACTIVE, ALL = "coming", "upcoming", "active", "all"


@commanding.command(
    examples=[
        "statuspage maintenance list",
        "statuspage maintenance list --active --json",
        "statuspage maintenance list --all --limit 5",
    ]
)
@click.option("--upcoming", "which", flag_value=UPCOMING, help="Those that have not begun.")
@click.option("--active", "which", flag_value=ACTIVE, help="Those that are in progress.")
@click.option("--all", "which", flag_value=ALL, help="Those that are over as well.")
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many of the newest, with --all.",
)
@pass_app
def command(app: App, which: str | None, limit: int) -> None:
    """List maintenances: those that are scheduled or in progress."""
    found = app.run(read, which or COMING, limit)
    app.output.objects(found, MAINTENANCE, empty="No such maintenances.")


async def read(app: App, which: str, limit: int) -> list[Raw]:
    """Read the maintenances: one request where there are not more than 100."""
    from statuspage.paging import Collection  # noqa: PLC0415 (it brings the client)

    lists = {
        COMING: Collection.SCHEDULED,
        UPCOMING: Collection.UPCOMING,
        ACTIVE: Collection.ACTIVE_MAINTENANCE,
        ALL: Collection.INCIDENTS,
    }
    found = []
    async with app.client() as client:
        async for one in client.incidents(await app.page(client), lists[which]):
            if which != ALL:
                found.append(one)
            elif is_maintenance(one):
                found.append(one)
                if len(found) == limit:
                    break
    return found
