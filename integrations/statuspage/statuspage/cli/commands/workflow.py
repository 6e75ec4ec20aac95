"""`statuspage workflow`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.completion import component_names
from statuspage.cli.input.asking import confirm
from statuspage.cli.input.types import LENGTH
from statuspage.cli.write import options
from statuspage.cli.write.results import show_incident
from statuspage.drafts import COMPONENT_STATUSES, Change, NewIncident

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient


@commanding.command(
    examples=[
        "statuspage workflow API major_outage",
        "statuspage workflow API degraded_performance --pause 5s --yes",
    ]
)
@click.argument("component", metavar="COMPONENT", shell_complete=component_names)
@click.argument("status", type=click.Choice(COMPONENT_STATUSES[1:]), metavar="STATUS")
@click.option("--pause", type=LENGTH, help="Go on by itself after so long, without a question.")
@click.option(
    "--title",
    "-t",
    default="Test of the status page",
    show_default=True,
    help="The title that everybody sees.",
)
@options.yes
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Go through the life of an incident: open it, update it, resolve it, with a pause for each.

    Everybody sees it on the page, and no subscriber is notified. On a terminal each step waits for
    the Enter key, or as long as --pause says.
    """
    if not given["yes"]:
        confirm(app, "--yes", "Everybody will see this on the page. Go on?")
    app.run(workflow, given)


async def workflow(app: App, given: dict[str, Any]) -> None:
    """Go through it; the component is named in the same way as everywhere."""
    from statuspage.naming import find_components  # noqa: PLC0415 (it brings the client)
    from statuspage.writing import Incidents  # noqa: PLC0415

    name, status = given["component"], given["status"]
    async with app.client() as client:
        page_id = await app.page(client)
        ids = await find_components(client, page_id, [name])
        incidents = Incidents(client, page_id)
        app.output.note(f"1 of 3: {name} gets {status}.")
        draft = NewIncident(
            name=given["title"],
            body="This is a test.",
            status="investigating",
            components={ids[name]: status},
        )
        opened = await incidents.create(draft)
        app.output.note(f"Opened the incident {opened['id']}.")
        await _pause(app, client, given["pause"])
        app.output.note("2 of 3: its cause is found.")
        found = Change(status="identified", body="This is still a test.")
        await incidents.update(opened["id"], found)
        await _pause(app, client, given["pause"])
        app.output.note(f"3 of 3: it is resolved, and {name} is operational.")
        over = Change(body="The test is over.")
        show_incident(app, await incidents.resolve(opened["id"], over), "Resolved incident:")


async def _pause(app: App, client: "StatuspageClient", length: timedelta | None) -> None:
    if length is not None:
        await client.clock.sleep(length.total_seconds())
    elif app.environment.can_ask():
        click.prompt("Enter to go on", default="", show_default=False, err=True)
