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
            "list": "List incidents, the newest first, by the day on which they began.",
            "show": "Show an incident or a maintenance with all its updates.",
        },
    ),
    "maintenance": (
        "Schedule, change and list maintenances.",
        {"list": "List maintenances: those that are scheduled or in progress."},
    ),
    "component": (
        "Set and show the status of components.",
        {
            "list": "List components with their status.",
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
    "summary": "Count incidents by component and period.",
    "check": "Tell whether the API key works, and which pages it sees.",
    "watch": "Show a page live, through its public view, at no cost to the quota.",
    "completion": "Print the script that completes commands and names in a shell.",
}
