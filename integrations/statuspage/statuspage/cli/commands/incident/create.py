"""`statuspage incident create`."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.input.asking import confirm, preview
from statuspage.cli.input.types import MOMENT
from statuspage.cli.write import guided, options
from statuspage.cli.write.named import Named, statuses_by_id
from statuspage.cli.write.options import message_of
from statuspage.cli.write.preview import (
    agree_to_notify,
    changes,
    components_of,
    show_changes,
    show_creation,
    told_if_perhaps_done,
)
from statuspage.cli.write.results import show_incident
from statuspage.cli.write.templates import affected_by, find_template, said_by
from statuspage.drafts import INCIDENT_STATUSES, NewIncident

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient

WORST = "major_outage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was given on the command line."""

    title: str | None
    status: str | None
    impact: str | None
    named: tuple[Named, ...]
    component_status: str | None
    template: str | None
    key: str | None
    backfill: datetime | None
    message: str | None
    deliver_notifications: bool
    dry_run: bool
    yes: bool

    @property
    def is_guided(self) -> bool:
        """Tell whether so little was given that the rest is asked for."""
        return self.title is None and self.template is None


@commanding.command(
    examples=[
        'statuspage incident create -t "Orders fail" -m "We look into it." -c API=major_outage',
        'statuspage incident create -t "Slow search" -c "Shop / Search=degraded_performance"',
        'statuspage incident create -t "Orders fail" -c API --key orders-4711 --json',
        'statuspage incident create -t "Orders fail" -c API --dry-run',
    ]
)
@options.title
@click.option("--status", "-s", type=click.Choice(INCIDENT_STATUSES), help="How far you are.")
@options.impact
@options.components("An affected component, by its id, name or 'Group / Name'. Again for more.")
@options.component_status(f"Status of components named without one. [default: {WORST}]")
@options.template
@options.key
@click.option("--backfill", type=MOMENT, help="When it happened, for an incident of the past.")
@options.change
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Open an incident.

    On a terminal, and without a title, you are asked for everything.
    """
    asked = Asked(message=message_of(app, given), **given)
    if asked.is_guided:
        asked = replace(asked, title=guided.ask_title(app))
        asked = replace(asked, message=asked.message or guided.ask_message(app))
        app.run(create, asked, guide=True)
    else:
        app.run(create, asked, guide=False)


async def create(app: App, asked: Asked, *, guide: bool) -> None:
    """Open it, with one request where all is given by ids."""
    async with app.client() as client:
        page_id = await app.page(client)
        draft = await _draft(app, client, page_id, asked, guide=guide)
        if asked.dry_run:
            show_creation(app, page_id, draft, asked.key)
            if draft.components:
                show_changes(app, await components_of(client, page_id), draft.components)
            return
        if guide:
            await _agree(app, client, page_id, draft, yes=asked.yes)
        await agree_to_notify(
            app, client, page_id, notify=draft.deliver_notifications, yes=asked.yes
        )
        await _create(app, client, page_id, draft, asked.key)


async def _create(
    app: App, client: "StatuspageClient", page_id: str, draft: NewIncident, key: str | None
) -> None:
    from statuspage.writing import Incidents  # noqa: PLC0415 (it brings the client)

    incidents = Incidents(client, page_id)
    if key is None:
        with told_if_perhaps_done("statuspage incident list"):
            created = await incidents.create(draft)
        show_incident(app, created, "Created incident:")
        return
    creation = await incidents.create_once(draft, key)
    told = (
        "An incident with this key is open already:" if creation.was_there else "Created incident:"
    )
    show_incident(app, creation.incident, told)


async def _draft(
    app: App, client: "StatuspageClient", page_id: str, asked: Asked, *, guide: bool
) -> NewIncident:
    said: dict[str, Any] = {}
    affected: dict[str, str | None] = {}
    if asked.template is not None:
        template = await find_template(client, page_id, asked.template)
        said = said_by(template)
        affected = dict.fromkeys(affected_by(template), asked.component_status)
    affected |= await statuses_by_id(client, page_id, asked.named, asked.component_status or WORST)
    if guide and not affected:
        affected = guided.ask_components(app, await components_of(client, page_id))
    given = {
        "name": asked.title,
        "status": asked.status,
        "body": asked.message,
        "impact_override": asked.impact,
        "backfill_date": asked.backfill,
    }
    return NewIncident(
        **said | {name: value for name, value in given.items() if value is not None},
        components=affected,
        deliver_notifications=asked.deliver_notifications,
    )


async def _agree(
    app: App, client: "StatuspageClient", page_id: str, draft: NewIncident, *, yes: bool
) -> None:
    lines = [draft.name, *(draft.body or "").splitlines()]
    if draft.components:
        lines += changes(await components_of(client, page_id), draft.components)
    preview(app, "This is what everybody will see:", lines)
    if not yes:
        confirm(app, "--yes", "Open the incident?")
