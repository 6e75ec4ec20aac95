"""Every command, by group, with what `--help` says of it.

The command `statuspage GROUP NAME` is the object `command` of the module `GROUP/NAME.py`, and
`statuspage NAME` that of `NAME.py`. They are imported when they are called.
"""

GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "auth": (
        "Keep the API key in the keyring of the system.",
        {
            "login": "Store an API key, once it has proved to work.",
            "status": "Tell where the API key is found.",
            "logout": "Delete the API key from the keyring.",
        },
    ),
    "incident": (
        "Open, change, resolve and show incidents.",
        {
            "list": "List incidents: those that are open, or all.",
            "create": "Open an incident.",
            "update": "Add an update to an incident, or change it.",
            "resolve": "Resolve an incident and set its components back.",
            "delete": "Delete an incident.",
            "postmortem": "Show, write or publish a postmortem.",
        },
    ),
    "maintenance": (
        "Schedule, change and list maintenances.",
        {
            "schedule": "Announce a maintenance.",
            "start": "Begin a maintenance now.",
            "complete": "End a maintenance and set its components back.",
            "cancel": "Take back a maintenance that has not begun.",
            "reschedule": "Move a maintenance to other times.",
        },
    ),
    "component": (
        "Set and show the status of components.",
        {"set": "Set the status of components without an incident."},
    ),
    "page": (
        "Show the pages that the key sees.",
        {},
    ),
    "template": (
        "Show the templates of incidents.",
        {},
    ),
}

COMMANDS: dict[str, str] = {
    "report": "Report how a component is, as often as you like.",
    "workflow": "Go through the life of an incident, as a test.",
}
