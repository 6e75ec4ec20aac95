"""`statuspage nobl9 issue summary`."""

from statuspage import Raw
from statuspage.cli.extension import one_line

from statuspage_nobl9.commands.app import App, nobl9_command

COUNTS = ("total", "userCount", "externalCount", "internalCount", "lastHour", "last24h", "last7d")
TITLES = ("Component", "All", "Users", "External", "Internal", "Hour", "Day", "Week", "Active")


@nobl9_command(
    examples=["statuspage nobl9 issue summary", "statuspage nobl9 issue summary --json"],
)
def command(app: App) -> None:
    """Count what was reported, by source, by time and by component."""
    found = app.run(read)
    if app.output.as_json:
        app.output.json(found)
        return
    components = found.get("components")
    rows = [_row("all", found.get("totalCounts"), None)]
    for one in components if isinstance(components, list) else []:
        if isinstance(one, dict):
            name = one.get("componentName") or one.get("componentId")
            rows.append(_row(one_line(name), one.get("counts"), one.get("activeCounts")))
    app.output.table(TITLES, rows)


def _row(name: str, counts: object, active: object) -> list[str]:
    known = counts if isinstance(counts, dict) else {}
    going_on = active.get("activeTotal") if isinstance(active, dict) else None
    return [name, *(one_line(known.get(count)) for count in COUNTS), one_line(going_on)]


async def read(app: App) -> Raw:
    """Read it."""
    async with app.client() as client:
        return await client.issue_summary()
