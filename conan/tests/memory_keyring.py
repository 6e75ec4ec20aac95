"""Keyrings in the place of this system's."""

import time

import keyring.backend
import keyring.errors


class Memory(keyring.backend.KeyringBackend):
    """A keyring that holds what a test puts there."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it so
        self.stored: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.stored[service, username] = password


class Locked(Memory):
    """A keyring behind a D-Bus that is not there."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("DBUS_SESSION_BUS_ADDRESS is unset")


class Silent(Memory):
    """A keyring that waits for somebody to unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(30)
        return None
