"""`statuspage nobl9 monitor`."""

from typing import Any

import click

from statuspage_nobl9.statuses import OF_SEVERITY, propagates

from .app import App, nobl9_command
from .reporting_options import occurred_at, repeating, send, show, url


@nobl9_command(
    examples=[
        'statuspage nobl9 monitor "API Service" critical prometheus --comment "Orders fail"',
        'statuspage nobl9 monitor "API Service" resolved prometheus',
    ]
)
@click.argument("name")
@click.argument("severity", type=click.Choice(list(OF_SEVERITY)), metavar="SEVERITY")
@click.argument("source", default="prometheus")
@click.option("--comment", "-m", metavar="TEXT", help="What the alert says.")
@occurred_at
@url
@repeating
def command(app: App, /, **given: Any) -> None:
    """Report what an alert says of the component NAME: SEVERITY is warning, critical or resolved.

    warning is degradedPerformance, critical is majorOutage, for what is above the component as
    well, and resolved is operational. SOURCE is who says it, prometheus where it is left out. An
    alert that is repeated is reported once.
    """
    severity = given["severity"]
    reported = app.run(
        send,
        given,
        component_name=given["name"],
        status=OF_SEVERITY[severity],
        propagate=propagates(severity),
        comment=given["comment"] or f"Alert of {given['source']}: {severity}",
        requested_by=given["source"],
        url=given["url"],
    )
    show(app, reported)
