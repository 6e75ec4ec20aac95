"""Which blueprints hold what happens, such as incidents: there the newest is looked for first."""

from port_sandbox.core.json_types import Document

# What integrations call the moment at which something happened.
MOMENTS = ("startedAt", "started_at", "displayAt", "display_at", "occurredAt", "triggeredAt")


def moment_of(blueprint: Document) -> str | None:
    """Return the property that says when an entity happened, if the blueprint has such."""
    properties = blueprint["schema"]["properties"]
    return next((one for one in MOMENTS if one in properties), None)
