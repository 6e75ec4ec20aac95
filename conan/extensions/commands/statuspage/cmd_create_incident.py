"""`conan statuspage:create_incident`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from conan.api.output import ConanOutput
from statuspage_commands import options
from statuspage_commands.command import command
from statuspage_commands.output import CREATED, Answer
from statuspage_commands.sending import send

if TYPE_CHECKING:
    from statuspage import StatuspageClient


@command(CREATED)
def create_incident(_conan_api: Any, parser: argparse.ArgumentParser, *args: Any) -> Answer:
    """
    Open an incident in Statuspage.

    Subscribers are notified of it, unless --no-notify is given. Components get the status
    major_outage, unless --component-status says another.
    """
    options.add_text(parser)
    options.add_state(parser)
    options.add_components(parser, "The affected components")
    options.add_key(parser)
    options.add_common(parser)
    given = parser.parse_args(*args)
    options.require(given, page="Status Page ID", title="Incident title")
    message = options.message_of(given)
    if given.component_status and not given.components:
        ConanOutput().info("--component-status changes nothing: no --components are given.")

    async def create(client: StatuspageClient, page_id: str) -> Answer:
        import statuspage

        ids = await statuspage.find_components(client, page_id, given.components)
        draft = statuspage.NewIncident(
            name=given.title,
            status=given.status,
            body=message,
            impact_override=given.impact,
            components=dict.fromkeys(ids.values(), given.component_status or options.WORST),
            deliver_notifications=not given.no_notify,
        )
        incidents = statuspage.Incidents(client, page_id)
        if given.key is None:
            return Answer(await incidents.create(draft), "Created incident:")
        creation = await incidents.create_once(draft, given.key)
        there = "An incident with this key is open already:"
        return Answer(creation.incident, there if creation.was_there else "Created incident:")

    return send(given, create)
