"""`statuspage report`."""

from typing import Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.completion import component_names
from statuspage.cli.output import one_line
from statuspage.cli.write import options
from statuspage.cli.write.preview import agree_to_notify
from statuspage.cli.write.results import show_incident
from statuspage.drafts import COMPONENT_STATUSES
from statuspage.drafts.words import known_word

SEVERITIES = {
    "critical": "major_outage",
    "warning": "degraded_performance",
    "resolved": "operational",
}
TOLD = {
    "opened": "Opened an incident:",
    "worse": "It is worse than before:",
    "resolved": "Resolved the incident:",
    "unchanged": "Nothing new:",
}


@commanding.command(
    examples=[
        'statuspage report API --status major_outage --comment "Orders fail."',
        "statuspage report API --severity critical --requested-by datadog",
        "statuspage report API --severity high --map high=partial_outage",
        'statuspage report "Shop / Search" --status operational --comment "It works again."',
    ]
)
@click.argument("component", metavar="NAME", shell_complete=component_names)
@click.option("--status", "-s", type=click.Choice(COMPONENT_STATUSES), help="How it is.")
@click.option(
    "--severity",
    metavar="WORD",
    help="A word of the monitor for it: critical, warning or resolved, or those of --map.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="WORD=STATUS",
    help="Which status a severity is. Again for more.",
)
@click.option("--comment", "-m", metavar="TEXT", help="What everybody reads of it.")
@click.option("--requested-by", metavar="WHO", help="Who reports it, such as the monitor's name.")
@click.option("--title", "-t", metavar="TEXT", help="The title of an incident that is opened.")
@options.notify
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Report how a component is, from a script or a monitor, as often as you like.

    There is one open incident for a component. The first report opens it, a worse status is an
    update, operational resolves it, and everything else changes nothing.
    """
    app.run(report, given, status_of(given["status"], given["severity"], given["mapped"]))


def status_of(status: str | None, severity: str | None, mapped: tuple[str, ...]) -> str:
    """Return the status that is meant."""
    if (status is None) == (severity is None):
        raise click.UsageError("Give either --status or --severity.")
    if status is not None:
        return status
    known = dict(SEVERITIES)
    for one in mapped:
        word, equals, meant = one.partition("=")
        if not equals:
            raise click.UsageError(f"--map is {one!r}: write WORD=STATUS.")
        known[word.strip().casefold()] = known_word("--map", meant, COMPONENT_STATUSES)
    found = known.get(str(severity).strip().casefold())
    if found is None:
        raise click.UsageError(f"--severity is {severity!r}: it can be {', '.join(known)}.")
    return found


async def report(app: App, given: dict[str, Any], status: str) -> None:
    """Open, worsen or resolve the component's incident."""
    from statuspage.naming import find_components  # noqa: PLC0415 (it brings the client)
    from statuspage.writing import Report  # noqa: PLC0415
    from statuspage.writing import report as send  # noqa: PLC0415

    name = given["component"]
    async with app.client() as client:
        page_id = await app.page(client)
        ids = await find_components(client, page_id, [name])
        notify = given["deliver_notifications"]
        await agree_to_notify(app, client, page_id, notify=notify, yes=given["yes"])
        shown = name
        if ids[name] == name and given["title"] is None:
            row = await client.component(page_id, name)
            shown = one_line((row or {}).get("name")) or name
        said = Report(
            component_id=ids[name],
            status=status,
            name=given["title"] or f"{shown} is disrupted",
            comment=given["comment"],
            requested_by=given["requested_by"],
            deliver_notifications=notify,
        )
        came = await send(client, page_id, said)
    if came.incident is not None:
        show_incident(app, came.incident, TOLD[came.outcome])
    elif app.output.as_json:
        app.output.json(None)
    else:
        app.output.note(f"Nothing new: {name} has no open incident of this kind.")
