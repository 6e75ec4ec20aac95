"""`statuspage component list`."""

import click

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.output import Column, Moment, Status, one_line

TROUBLE = "trouble"


@commanding.command(
    examples=[
        "statuspage component list",
        "statuspage component list --not-operational",
        "statuspage component list --json",
    ]
)
@click.option(
    "--not-operational", TROUBLE, is_flag=True, help="Only those whose status is another."
)
@pass_app
def command(app: App, *, trouble: bool) -> None:
    """List components with their status, each by its name as other commands take it.

    With --json, the rows of groups are among them, as the API sends them.
    """
    from statuspage.naming import component_labels  # noqa: PLC0415 (it brings the client)

    found = app.run(read)
    labels = component_labels(found)
    if trouble:
        found = [row for row in found if row.get("status") != "operational"]
    columns = (
        Column("ID", lambda row: one_line(row.get("id"))),
        Column("Status", lambda row: Status(row.get("status"))),
        Column("Component", lambda row: one_line(labels[row["id"]])),
        Column("Updated", lambda row: Moment(row.get("updated_at"))),
    )
    shown = found if app.output.as_json else [row for row in found if row["id"] in labels]
    app.output.objects(shown, columns, empty="No such components.")


async def read(app: App) -> list[Raw]:
    """Read a page's components and the rows of its groups: one request for each 100."""
    async with app.client() as client:
        return [row async for row in client.components(await app.page(client))]
