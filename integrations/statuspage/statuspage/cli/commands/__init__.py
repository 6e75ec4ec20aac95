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
        {"list": "List incidents: those that are open, or all."},
    ),
    "maintenance": (
        "Schedule, change and list maintenances.",
        {},
    ),
    "component": (
        "Set and show the status of components.",
        {},
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

COMMANDS: dict[str, str] = {}
