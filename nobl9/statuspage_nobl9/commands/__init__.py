"""`statuspage nobl9`: what the command `statuspage` finds under its entry point.

The command `statuspage nobl9 GROUP NAME` is the object `command` of the module `GROUP/NAME.py`.
They are imported when they are called.
"""

from typing import Any

import click
from statuspage.cli.extension import Group

from .failures import told
from .options import COMMON

GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "issue": (
        "Report issues, and show what was reported.",
        {
            "create": "Report an issue of a component, as a user does.",
            "create-external": "Report an issue by a component's name, from a monitoring system.",
            "list": "List what was reported.",
            "summary": "Count what was reported, by source, by time and by component.",
        },
    ),
    "status": (
        "Change a component's status, and show how it changed.",
        {
            "change": "Change a component's status, which opens an incident or ends it.",
            "history": "Show how a component's status changed, who changed it, and why.",
        },
    ),
    "disruptions": (
        "List, register, change and clear disruptions (v2 of the API).",
        {
            "list": "List disruptions.",
            "create": "Register that a component is disrupted.",
            "clear": "End a disruption.",
            "severity": "Make a disruption worse or better.",
            "timeline": "Show the disruptions along the time.",
        },
    ),
}

COMMANDS: dict[str, str] = {
    "check": "Tell whether the credentials work, and what they see.",
    "components": "List the components with their status.",
    "incidents": "List incidents, the newest first, by the day on which they began.",
    "monitor": "Report what an alert says, from a monitoring system.",
    "workflow": "Go through the life of an incident, from the report to its end.",
    "login": "Store credentials in the keyring, once they have proved to work.",
    "logout": "Delete the credentials from the keyring.",
}


class Nobl9Group(Group):
    """A group with the options of these commands."""

    common = COMMON

    def invoke(self, ctx: click.Context) -> Any:
        """Turn every error into a sentence and an exit code."""
        with told():
            return super().invoke(ctx)


command = Nobl9Group(
    "nobl9",
    __name__,
    COMMANDS,
    help="Report issues, and read and change statuses, on a status page of Nobl9, or on a server "
    "that speaks its API.",
    short_help="Report to a status page of Nobl9.",
    examples=[
        "statuspage nobl9 check",
        'statuspage nobl9 issue create-external "API" --status majorOutage --comment "Orders fail"',
    ],
)
for _name, (_told, _commands) in GROUPS.items():
    command.add_command(
        Nobl9Group(_name, f"{__name__}.{_name}", _commands, help=_told, short_help=_told)
    )
