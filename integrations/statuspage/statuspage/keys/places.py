"""The places of this machine that may hold a key."""

import getpass
from collections.abc import Callable, Mapping
from pathlib import Path

from .chain import Absent, Place
from .programs import Run, run
from .system_keyring import password

SERVICE = "statuspage-token"
"""The name under which the key is stored."""

VARIABLE = "STATUSPAGE_API_KEY"


def login_name() -> str:
    """Return the name of the user who is logged in, empty where the machine knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A container may run a user id that has no name.
        return ""


def file(path: Path, name: str | None = None) -> Place:
    """Return a file that holds the key and nothing else."""

    def read() -> str | Absent:
        try:
            return path.expanduser().read_text(encoding="utf-8")
        except OSError as error:
            return Absent(error.strerror or type(error).__name__)
        except UnicodeDecodeError:
            return Absent("it is no text")

    return Place(name or f"the file {path}", read)


def variable(variables: Mapping[str, str], name: str = VARIABLE) -> Place:
    """Return an environment variable."""

    def read() -> str | Absent:
        return variables.get(name, Absent("it is not set"))

    return Place(f"the environment variable {name}", read)


def keyring(
    service: str = SERVICE, user: str = "", ask: Callable[..., str | Absent] | None = None
) -> Place:
    """Return the keyring of the system, by the package of that name."""
    user = user or login_name()

    def read() -> str | Absent:

        return (ask or password)(service, user)

    return Place(f"the keyring (service {service}, user {user})", read)


def keychain(
    service: str = SERVICE, user: str = "", path: str | None = None, *, ask: Run = run
) -> Place:
    """Return a keychain of macOS: the named one, or those that are searched by default."""
    user = user or login_name()
    command = ["security", "find-generic-password", "-a", user, "-s", service, "-w"]
    where = f"the keychain {path}" if path else "the keychains"
    return Place(
        f"{where} of macOS (service {service}, account {user})",
        lambda: ask([*command, *([path] if path else [])]),
    )


def secret_tool(service: str = SERVICE, user: str = "", *, ask: Run = run) -> Place:
    """Return what `secret-tool store ... USER SERVICE` has stored."""
    user = user or login_name()
    return Place(
        f"secret-tool (attribute {user} = {service})",
        lambda: ask(["secret-tool", "lookup", user, service]),
    )
