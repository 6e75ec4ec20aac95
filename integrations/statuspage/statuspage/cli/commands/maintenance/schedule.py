"""`statuspage maintenance schedule`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.input.asking import confirm, preview
from statuspage.cli.write import guided, maintenance, options
from statuspage.cli.write.named import statuses_by_id
from statuspage.cli.write.options import message_of
from statuspage.cli.write.preview import (
    agree_to_notify,
    components_of,
    show_creation,
    told_if_perhaps_done,
)
from statuspage.cli.write.results import show_incident
from statuspage.cli.write.templates import affected_by, find_template, said_by
from statuspage.drafts import NewMaintenance

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient

LENGTH = timedelta(hours=8)


@commanding.command(
    examples=[
        'statuspage maintenance schedule -t "Upgrade" --at "tomorrow 22:00" --for 90m -c API',
        'statuspage maintenance schedule -t "Upgrade" --at 2030-03-01T22:00:00Z --auto-complete',
        'statuspage maintenance schedule -t "Upgrade" --at +2h --notify --remind --yes',
        'statuspage maintenance schedule -t "Upgrade" --at +2h --key upgrade-17 --dry-run',
    ]
)
@options.title
@maintenance.times("When it begins: 2030-03-01T22:00:00Z, +2h, 'tomorrow 22:00'. [default: now]")
@options.components("An affected component, by its id, name or 'Group / Name'. Again for more.")
@options.impact
@options.template
@options.key
@maintenance.switches(with_defaults=True)
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Announce a maintenance.

    Without an end it takes 8 hours. Its components are under maintenance from its beginning on;
    with NAME=STATUS a component has that status at once.
    """
    given["body"] = message_of(app, given)
    guide = given["title"] is None and given["template"] is None
    if guide:
        given["title"] = guided.ask_title(app)
    soon = app.environment.utc() + maintenance.SOON
    begin = max(given["begin"] or soon, soon)
    end = maintenance.end_of(begin, given["until"], given["length"])
    given |= {"scheduled_for": begin, "scheduled_until": end or begin + LENGTH}
    app.run(schedule, given, guide=guide)


async def schedule(app: App, given: dict[str, Any], *, guide: bool) -> None:
    """Announce it, with one request where all is given by ids."""
    from statuspage.writing import Maintenances  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        page_id = await app.page(client)
        draft = await _draft(client, page_id, given)
        if guide and not draft.components:
            rows = await components_of(client, page_id)
            given["affected"] = guided.ask_affected(app, rows)
            draft = await _draft(client, page_id, given)
        if given["dry_run"]:
            show_creation(app, page_id, draft, given["key"])
            return
        if guide:
            _show(app, draft)
            if not given["yes"]:
                confirm(app, "--yes", "Announce the maintenance?")
        await agree_to_notify(
            app, client, page_id, notify=maintenance.reaches(given), yes=given["yes"]
        )
        maintenances = Maintenances(client, page_id)
        if given["key"] is None:
            with told_if_perhaps_done("statuspage maintenance list"):
                planned = await maintenances.schedule(draft)
            show_incident(app, planned, "Scheduled maintenance:")
            return
        creation = await maintenances.schedule_once(draft, given["key"])
        there = "A maintenance with this key is planned or runs already:"
        told = there if creation.was_there else "Scheduled maintenance:"
        show_incident(app, creation.incident, told)


async def _draft(client: "StatuspageClient", page_id: str, given: dict[str, Any]) -> NewMaintenance:
    said: dict[str, Any] = {}
    affected: dict[str, str | None] = dict.fromkeys(given.get("affected", ()))
    if given["template"] is not None:
        template = await find_template(client, page_id, given["template"])
        said, affected = said_by(template), affected_by(template)
    affected |= await statuses_by_id(client, page_id, given["named"])
    own = {
        "name": given["title"],
        "body": given["body"],
        "impact_override": given["impact"],
        "scheduled_for": given["scheduled_for"],
        "scheduled_until": given["scheduled_until"],
    }
    return NewMaintenance(
        **said | {name: value for name, value in own.items() if value is not None},
        **maintenance.switched(given),
        components=affected,
        deliver_notifications=given["deliver_notifications"],
    )


def _show(app: App, draft: NewMaintenance) -> None:
    period = f"{draft.scheduled_for:%Y-%m-%d %H:%M} to {draft.scheduled_until:%Y-%m-%d %H:%M} UTC"
    lines = [draft.name, period, *(draft.body or "").splitlines()]
    preview(app, "This is what everybody will see:", lines)
