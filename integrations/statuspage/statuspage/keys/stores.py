"""Where a key can be put, and deleted again."""

from collections.abc import Callable
from dataclasses import dataclass

from . import system_keyring
from .chain import Absent
from .places import SERVICE, login_name
from .programs import UNLOCKING, run


@dataclass(frozen=True, slots=True)
class Store:
    """Somewhere a key can be kept; both return why they could not."""

    name: str
    put: Callable[[str], Absent | None]
    delete: Callable[[], Absent | None]


def keyring(service: str = SERVICE, user: str = "") -> Store:
    """Return the keyring of the system."""
    user = user or login_name()
    return Store(
        f"the keyring (service {service}, user {user})",
        lambda key: system_keyring.put(service, user, key),
        lambda: system_keyring.delete(service, user),
    )


def secret_tool(service: str = SERVICE, user: str = "") -> Store:
    """Return the secret service by its program, which takes the key from its standard input."""
    user = user or login_name()

    def call(given: str, *words: str) -> Absent | None:
        command = ["secret-tool", *words, user, service]
        said = run(command, given=given, patience=UNLOCKING)
        return said if isinstance(said, Absent) else None

    return Store(
        f"secret-tool (attribute {user} = {service})",
        lambda key: call(key, "store", "--label=statuspage"),
        lambda: call("", "clear"),
    )
