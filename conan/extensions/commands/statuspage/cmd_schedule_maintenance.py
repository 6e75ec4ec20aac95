"""`conan statuspage:schedule_maintenance`."""

from __future__ import annotations

import argparse
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from statuspage_commands import options
from statuspage_commands.command import command
from statuspage_commands.output import MAINTENANCE, Answer
from statuspage_commands.period import add_period, period_of
from statuspage_commands.sending import send

if TYPE_CHECKING:
    from statuspage import StatuspageClient


@command(MAINTENANCE)
def schedule_maintenance(_conan_api: Any, parser: argparse.ArgumentParser, *args: Any) -> Answer:
    """
    Announce a maintenance in Statuspage.

    It begins by itself and is ended by resolve_incident. Subscribers are notified now, an hour
    before it begins and when it ends, unless --no-notify is given.
    """
    options.add_text(parser)
    add_period(parser)
    options.add_components(parser, "The affected components")
    options.add_key(parser)
    options.add_common(parser)
    given = parser.parse_args(*args)
    options.require(given, page="Status Page ID", title="Incident title")
    message = options.message_of(given)
    period = period_of(given, datetime.now(timezone.utc))
    notify = not given.no_notify

    async def schedule(client: StatuspageClient, page_id: str) -> Answer:
        import statuspage

        ids = await statuspage.find_components(client, page_id, given.components)
        # The API sets a status at once. Where the maintenance is for later, its beginning does.
        status = "under_maintenance" if period.begins_now else None
        draft = statuspage.NewMaintenance(
            name=given.title,
            body=message,
            impact_override="maintenance",
            scheduled_for=period.begin,
            scheduled_until=period.end,
            components=dict.fromkeys(ids.values(), status),
            deliver_notifications=notify,
            scheduled_remind_prior=notify,
            auto_transition_deliver_notifications_at_end=notify,
        )
        maintenances = statuspage.Maintenances(client, page_id)
        if given.key is None:
            return Answer(await maintenances.schedule(draft), "Scheduled maintenance:")
        creation = await maintenances.schedule_once(draft, given.key)
        there = "A maintenance with this key is planned or runs already:"
        told = there if creation.was_there else "Scheduled maintenance:"
        return Answer(creation.incident, told)

    return send(given, schedule)
