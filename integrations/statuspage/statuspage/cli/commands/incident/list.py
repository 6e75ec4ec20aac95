"""`statuspage incident list`."""

from itertools import groupby

import click

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.incident_columns import INCIDENT
from statuspage.cli.output import one_line
from statuspage.records import is_maintenance

OPEN, RESOLVED, ALL = "open", "resolved", "all"


@commanding.command(
    examples=[
        "statuspage incident list",
        "statuspage incident list --all --limit 5",
        "statuspage incident list --resolved --json",
    ]
)
@click.option("--open", "which", flag_value=OPEN, default=True, help="Those that are not resolved.")
@click.option("--resolved", "which", flag_value=RESOLVED, help="Those that are over.")
@click.option("--all", "which", flag_value=ALL, help="Both.")
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many of the newest, where not only open ones are listed.",
)
@pass_app
def command(app: App, which: str, limit: int) -> None:
    """List incidents, the newest first, by the day on which they began.

    Maintenances have a list of their own: statuspage maintenance list.
    """
    incidents = app.run(read, which, limit)
    if app.output.as_json or not incidents:
        app.output.objects(incidents, INCIDENT, empty="No such incidents.")
        return
    for day, of_day in groupby(incidents, _day):
        app.output.objects(list(of_day), INCIDENT, title=day)


async def read(app: App, which: str, limit: int) -> list[Raw]:
    """Read the incidents: one request where there are not more than 100."""
    from statuspage.paging import Collection  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        if which == OPEN:
            return [incident async for incident in client.incidents(page_id, Collection.UNRESOLVED)]
        found = []
        async for incident in client.incidents(page_id):
            if is_maintenance(incident) or (which == RESOLVED and not _is_over(incident)):
                continue
            found.append(incident)
            if len(found) == limit:
                break
        return found


def _is_over(incident: Raw) -> bool:
    return incident.get("status") in ("resolved", "postmortem")


def _day(incident: Raw) -> str:
    return one_line(incident.get("created_at"))[:10]
