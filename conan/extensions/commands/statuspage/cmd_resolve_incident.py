"""`conan statuspage:resolve_incident`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from conan.errors import ConanException
from statuspage_commands import existing, options
from statuspage_commands.command import command
from statuspage_commands.output import CHANGED, Answer
from statuspage_commands.sending import send

if TYPE_CHECKING:
    from statuspage import StatuspageClient


@command(CHANGED)
def resolve_incident(_conan_api: Any, parser: argparse.ArgumentParser, *args: Any) -> Answer:
    """
    End an incident or a maintenance in Statuspage.

    Components that are named become operational. Without any, those that it had changed do, except
    where another open incident or a running maintenance still needs them.
    """
    options.add_incident(parser)
    parser.add_argument(
        "-e", "--event", choices=["maintenance", "incident"], help="What is to be ended"
    )
    options.add_message(parser)
    options.add_components(parser, "The components that are well again")
    options.add_common(parser)
    given = parser.parse_args(*args)
    options.require(given, page="Status Page ID", incident="Incident ID", event="Event type")
    message = options.message_of(given)

    async def resolve(client: StatuspageClient, page_id: str) -> Answer:
        import statuspage

        ids = await statuspage.find_components(client, page_id, given.components)
        event = existing.event_of(await existing.read(client, page_id, given.incident))
        if event != given.event:
            raise ConanException(
                f"{given.incident} is of the event type {event}: say --event {event}."
            )
        change = statuspage.Change(
            body=message,
            impact_override="none",
            components=dict.fromkeys(ids.values(), "operational"),
            deliver_notifications=not given.no_notify,
        )
        ended = await statuspage.Incidents(client, page_id).resolve(
            given.incident, change, restore=not given.components
        )
        return Answer(ended, "Resolved incident:")

    return send(given, resolve)
