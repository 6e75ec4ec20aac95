"""`statuspage nobl9 issue create-external`."""

from typing import Any

import click

from statuspage_nobl9.commands import components as listed
from statuspage_nobl9.commands.app import App, nobl9_command
from statuspage_nobl9.commands.columns import COMPONENTS, rows_of
from statuspage_nobl9.commands.reporting_options import (
    occurred_at,
    repeating,
    send,
    show,
    url,
)
from statuspage_nobl9.external_issue import REQUESTED_BY
from statuspage_nobl9.statuses import STATUSES


@nobl9_command(
    name="create-external",
    examples=[
        'statuspage nobl9 issue create-external "API" --status majorOutage --comment "Errors"',
        'statuspage nobl9 issue create-external "API" --status majorOutage --propagate',
        "statuspage nobl9 issue create-external --list-components",
    ],
)
@click.argument("name", required=False)
@click.option("--comment", "-m", default="", metavar="TEXT", help="What is wrong.")
@click.option(
    "--requested-by",
    default=REQUESTED_BY,
    show_default=True,
    metavar="WHO",
    help="Who reports it, such as the monitor's name: 1 to 50 characters.",
)
@click.option("--status", "-s", type=click.Choice(STATUSES), help="How the component is.")
@click.option("--propagate", is_flag=True, help="Change what is above it too; needs --status.")
@occurred_at
@url
@repeating
@click.option("--list-components", is_flag=True, help="List the components, and report nothing.")
def command(app: App, /, **given: Any) -> None:
    """Report an issue by the NAME of a component, from a monitoring system.

    Where several components have this name, each gets a report. In v2 of the API a status is a
    disruption of its own, which is registered or cleared after the report; what is above the
    component follows by itself.
    """
    if given["list_components"]:
        app.output.objects(
            rows_of(app.run(listed.read)), COMPONENTS, empty="There is no component."
        )
        return
    if not given["name"]:
        raise click.UsageError("Missing argument NAME: --list-components lists them.")
    if given["propagate"] and not given["status"]:
        raise click.UsageError("--propagate needs --status.")
    names = ("comment", "requested_by", "status", "propagate", "url")
    fields = {name: given[name] for name in names}
    show(app, app.run(send, given, component_name=given["name"], **fields))
