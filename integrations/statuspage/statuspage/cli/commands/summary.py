"""`statuspage summary`."""

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.incident_counts import LONGEST, counts
from statuspage.cli.output import one_line
from statuspage.cli.recent import recent_incidents

TITLES = ("Component", "Open", "Last hour", "Last day", "Last week")


@commanding.command(
    examples=["statuspage summary", "statuspage summary --page acme --json"],
)
@pass_app
def command(app: App) -> None:
    """Count incidents by component: open ones, and those of the last hour, day and week.

    An incident counts for each of its components, and once in the first row. Components without
    one are not listed.
    """
    found = app.run(read)
    if app.output.as_json:
        app.output.json(found)
        return
    rows = [{"name": "all", **found["total"]}, *found["components"]]
    names = ("open", "last_hour", "last_day", "last_week")
    app.output.table(
        TITLES, [[one_line(row["name"]), *(str(row[name]) for name in names)] for row in rows]
    )


async def read(app: App) -> Raw:
    """Read the incidents of the last week and the open ones."""
    now = app.environment.utc()
    async with app.client() as client:
        page_id = await app.page(client)
        unresolved, recent = await recent_incidents(client, page_id, now - LONGEST)
    return counts(unresolved, recent, now)
