"""`statuspage component set`."""

from collections.abc import Sequence

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.completion import component_names
from statuspage.cli.output import Column, Status, one_line
from statuspage.cli.write import options
from statuspage.cli.write.named import NAMED, Named, statuses_by_id
from statuspage.cli.write.preview import components_of, show_changes, show_request
from statuspage.drafts import COMPONENT_STATUSES
from statuspage.drafts.words import known_word
from statuspage.errors import UnusableArgument

COLUMNS = (
    Column("ID", lambda component: one_line(component.get("id"))),
    Column("Status", lambda component: Status(component.get("status"))),
    Column("Name", lambda component: one_line(component.get("name"))),
)


@commanding.command(
    examples=[
        "statuspage component set API=major_outage",
        'statuspage component set "Shop / Search" degraded_performance',
        'statuspage component set API=operational "Shop / Search=operational"',
    ]
)
@click.argument(
    "named",
    nargs=-1,
    type=NAMED,
    required=True,
    metavar="NAME=STATUS...",
    shell_complete=component_names,
)
@options.dry_run
@pass_app
def command(app: App, named: tuple[Named, ...], dry_run: bool) -> None:  # noqa: FBT001 (click calls it so)
    """Set the status of components without an incident.

    One status can stand for all at the end: component set API Search operational. What cannot be
    set is a group: its status follows from its components.
    """
    app.run(set_status, with_last_status(named), dry_run=dry_run)


def with_last_status(named: Sequence[Named]) -> list[Named]:
    """Give those without a status the one at the end."""
    if all(one.status for one in named):
        return list(named)
    *components, last = named
    try:
        status = known_word("The status at the end", last.name, COMPONENT_STATUSES)
    except UnusableArgument as error:
        raise click.UsageError(str(error)) from None
    if not components or last.status is not None:
        raise click.UsageError("Say component and status: NAME=STATUS.")
    return [Named(one.name, one.status or status) for one in components]


async def set_status(app: App, named: Sequence[Named], *, dry_run: bool) -> None:
    """Set them one by one, each with a request."""
    from statuspage.writing import set_statuses  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        found = await statuses_by_id(client, page_id, named)
        statuses = {id_: str(status) for id_, status in found.items()}
        if dry_run:
            for id_, status in statuses.items():
                body = {"component": {"status": status}}
                show_request(app, "PATCH", f"/v1/pages/{page_id}/components/{id_}", body)
            show_changes(app, await components_of(client, page_id), statuses)
            return
        rows = await set_statuses(client, page_id, statuses)
    if app.output.as_json and len(rows) == 1:
        app.output.json(rows[0])
    else:
        app.output.objects(rows, COLUMNS)
