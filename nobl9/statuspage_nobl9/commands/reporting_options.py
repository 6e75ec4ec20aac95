"""What the commands that report by a component's name have in common."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import click
from statuspage.cli.extension import LENGTH, MOMENT, Status

from statuspage_nobl9.external_issue import ExternalIssue
from statuspage_nobl9.repeats import Repeats
from statuspage_nobl9.reporting import Reported, report, verified

from .app import App

occurred_at = click.option(
    "--occurred-at", type=MOMENT, metavar="TIME", help="When it began. [default: now]"
)
verify = click.option(
    "--verify/--no-verify",
    default=True,
    help="Refuse a name that no component has before anything is sent. [default: verify]",
)
repeat_after = click.option(
    "--repeat-after",
    type=LENGTH,
    metavar="LENGTH",
    default="5m",
    show_default=True,
    help="For so long the same report is not sent again.",
)
always = click.option("--always", is_flag=True, help="Send it, whatever was reported before.")
dry_run = click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
url = click.option("--url", metavar="URL", help="Where more is found, such as the alert (v2).")


def repeating[F: Callable[..., Any]](command: F) -> F:
    """Add the options by which a report is sent once."""
    added: F = verify(repeat_after(always(dry_run(command))))
    return added


async def send(app: App, given: dict[str, Any], /, **fields: Any) -> Reported:
    """Send a report by name."""
    async with app.client() as client:
        at: datetime | None = given["occurred_at"]
        issue = ExternalIssue(occurred_at=at or app.environment.utc(), **fields)
        if given["dry_run"]:
            if given["verify"]:
                await verified(client, issue.component_name)
            body = json.dumps(issue.body(await client.version.get()), ensure_ascii=False)
            return Reported(message=f"Nothing was sent. It would be {body}")
        length = timedelta() if given["always"] else given["repeat_after"]
        clock = replace(client.transport.clock, utc=app.environment.utc)
        repeats = Repeats(app.folder, clock, length)
        return await report(client, issue, repeats, verify=given["verify"])


def show(app: App, reported: Reported) -> None:
    """Print what came of it."""
    if app.output.as_json:
        app.output.json(reported.as_json())
        return
    if reported.is_repeated:
        app.output.note(f"{reported.message} --always sends it all the same.")
        return
    for one in reported.reports:
        name = one.get("componentName") or one.get("componentId") or ""
        app.output.fields([("Reported", str(name)), ("Id", str(one.get("id") or ""))])
    for one in reported.status_changes:
        name = str(one.get("componentName") or one.get("componentId") or "the component")
        change = f"{one.get('previousStatus') or '?'} to {one.get('newStatus') or '?'}"
        app.output.fields([("Changed", f"{name}: {change}"), ("Now", Status(one.get("newStatus")))])
    if reported.message:
        app.output.text(reported.message)
