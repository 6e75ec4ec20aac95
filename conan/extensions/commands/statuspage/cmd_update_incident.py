"""`conan statuspage:update_incident`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from conan.api.output import ConanOutput
from statuspage_commands import existing, options
from statuspage_commands.command import command
from statuspage_commands.output import CHANGED, Answer
from statuspage_commands.sending import send

if TYPE_CHECKING:
    from statuspage import StatuspageClient


@command(CHANGED)
def update_incident(_conan_api: Any, parser: argparse.ArgumentParser, *args: Any) -> Answer:
    """
    Change an incident in Statuspage, and tell what is new.

    What is not given stays as it is. Components that are named get the status major_outage,
    unless --component-status says another; that alone is for those that the incident affects.
    """
    options.add_incident(parser)
    options.add_text(parser)
    options.add_state(parser)
    options.add_components(parser, "Affected components")
    options.add_common(parser)
    given = parser.parse_args(*args)
    options.require(given, page="Status Page ID", incident="Incident ID")
    message = options.message_of(given)

    async def update(client: StatuspageClient, page_id: str) -> Answer:
        import statuspage

        affected = await _affected(client, page_id, given)
        change = statuspage.Change(
            name=given.title,
            status=given.status,
            body=message,
            impact_override=given.impact,
            components=dict.fromkeys(affected, given.component_status or options.WORST),
            deliver_notifications=not given.no_notify,
        )
        incidents = statuspage.Incidents(client, page_id)
        return Answer(await incidents.update(given.incident, change), "Updated incident:")

    return send(given, update)


async def _affected(client: StatuspageClient, page_id: str, given: argparse.Namespace) -> list[str]:
    """Return the components that get a status: those that are named, else those of the incident."""
    import statuspage

    if given.components or not given.component_status:
        return [*(await statuspage.find_components(client, page_id, given.components)).values()]
    affected = existing.affected(await existing.read(client, page_id, given.incident))
    if not affected:
        ConanOutput().info("--component-status changes nothing: the incident has no components.")
    return affected
