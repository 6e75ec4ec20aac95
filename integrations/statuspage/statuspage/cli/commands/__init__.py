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
            "create": "Open an incident.",
            "update": "Add an update to an incident, or change it.",
            "resolve": "Resolve an incident, and set back the components that it had changed.",
            "list": "List incidents, the newest first, by the day on which they began.",
            "show": "Show an incident or a maintenance with all its updates.",
            "delete": "Delete an incident with all its updates.",
            "postmortem": "Show, write, publish or take back the postmortem of an incident.",
        },
    ),
    "maintenance": (
        "Schedule, change and list maintenances.",
        {
            "schedule": "Announce a maintenance.",
            "start": "Begin a maintenance now.",
            "complete": "End a maintenance, and set its components back.",
            "reschedule": "Move a maintenance to other times.",
            "cancel": "Take a maintenance back that has not begun.",
            "list": "List maintenances: those that are scheduled or in progress.",
        },
    ),
    "component": (
        "Set and show the status of components.",
        {
            "list": "List components with their status.",
            "set": "Set the status of components without an incident.",
            "history": "Show how a component's status changed, and why.",
        },
    ),
    "page": (
        "Show the pages that the key sees.",
        {
            "list": "List the pages that the API key sees.",
            "show": "Show a page with its status.",
        },
    ),
    "template": (
        "Show the templates of incidents.",
        {"list": "List the templates from which incidents and maintenances can be written."},
    ),
}

COMMANDS: dict[str, str] = {
    "report": "Report how a component is, from a script or a monitor.",
    "summary": "Count incidents by component and period.",
    "check": "Tell whether the API key works, and which pages it sees.",
    "watch": "Show a page live, through its public view, at no cost to the quota.",
    "completion": "Print the script that completes commands and names in a shell.",
    "workflow": "Go through the life of an incident: open it, update it, resolve it.",
}

ADDED: dict[str, str] = {
    "nobl9": "Report to a status page of Nobl9 (a package of its own: statuspage-nobl9).",
}
"""Those of packages of their own, see `added`."""
