"""`statuspage nobl9 workflow`."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click
from statuspage import Raw
from statuspage.cli.extension import LENGTH, ExitCode, Failure, confirm

from statuspage_nobl9.changing import change_status
from statuspage_nobl9.components import find_one
from statuspage_nobl9.reading import changes_of, incidents, status_history
from statuspage_nobl9.statuses import OPERATIONAL, SEVERITIES

from .app import App, nobl9_command

if TYPE_CHECKING:
    from statuspage_nobl9.client import Nobl9Client
    from statuspage_nobl9.components import Component

STEPS = 8
LATEST = 5


@nobl9_command(
    examples=[
        "statuspage nobl9 workflow API majorOutage",
        "statuspage nobl9 workflow API degradedPerformance --pause 5s --yes",
    ]
)
@click.argument("component", metavar="COMPONENT")
@click.argument("severity", type=click.Choice(SEVERITIES), metavar="SEVERITY")
@click.option("--pause", type=LENGTH, help="How long the incident lasts. [default: not at all]")
@click.option("--yes", "-y", is_flag=True, help="Do it without a question.")
def command(app: App, component: str, severity: str, pause: timedelta | None, *, yes: bool) -> None:
    """Go through the life of an incident: report, change, look, and end it.

    Everybody sees it on the page. SEVERITY is degradedPerformance or majorOutage.
    """
    if not yes:
        confirm(app, "--yes", "Everybody will see this on the page. Go on?")
    app.output.object(*app.run(go, component, severity, pause or timedelta()))


async def go(
    app: App, component: str, severity: str, pause: timedelta
) -> tuple[Raw, list[tuple[str, str]]]:
    """Go through all steps; what was begun is ended, whatever fails in between."""
    steps = Steps(app)
    async with app.client() as client:
        found = find_one(await client.components(), component)
        steps.next(f"report an issue of {found.path}")
        await client.create_issue(
            found.id, occurred_at=app.environment.utc(), comment="Test of the status page"
        )
        steps.next(f"change its status to {severity}")
        await change_status(client, found.id, severity, comment="Test of the status page")
        try:
            ongoing, total = await _look(client, found, steps)
            steps.next(f"wait for {pause.total_seconds():g} s")
            await client.transport.clock.sleep(pause.total_seconds())
        finally:
            steps.number = 5
            steps.next("change its status back to operational")
            await change_status(client, found.id, OPERATIONAL, comment="The test is over")
        steps.next("see that it does not go on")
        left = _of(found, (await incidents(client, ongoing=True)).rows)
        steps.next("read its history")
        history = changes_of(await status_history(client, found.id))[:LATEST]
    if left:
        raise Failure(f"An incident of {found.path} still goes on.", ExitCode.FAILED)
    raw = {"component": found.as_json(), "ongoing": ongoing, "issues": total, "history": history}
    return raw, [
        ("Component", found.path),
        ("Went on meanwhile", str(len(ongoing))),
        ("Issues in all", str(total)),
        ("Changes", str(len(history))),
    ]


class Steps:
    """Tells on standard error how far it is."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.number = 0

    def next(self, what: str) -> None:
        """Tell the next step."""
        self.number += 1
        self._app.output.note(f"{self.number} of {STEPS}: {what}.")


async def _look(
    client: "Nobl9Client", component: "Component", steps: Steps
) -> tuple[list[Raw], object]:
    steps.next("see that it goes on")
    ongoing = _of(component, (await incidents(client, ongoing=True)).rows)
    steps.next("count what was reported")
    counts = (await client.issue_summary()).get("totalCounts")
    return ongoing, counts.get("total") if isinstance(counts, dict) else None


def _of(component: "Component", rows: list[Raw]) -> list[Raw]:
    return [row for row in rows if row.get("componentName") == component.name]
