"""The bridge as a program, which turns alerts into incidents on the first page."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from launcher.paths import BRIDGE, program
from launcher.processes import Command
from launcher.services import Service

# The Alertmanager that the printed command stands in for.
SOURCE = "sandbox"


class Bridge(Service):
    """The bridge with its state; `settings` name the page and the server."""

    name = "bridge"
    health = "/health"

    def __init__(
        self,
        directory: Path,
        port: int = 0,
        settings: Mapping[str, str] | None = None,
        inherited: Sequence[int] = (),
    ) -> None:
        super().__init__(directory, port, inherited)
        self.settings = settings or {}

    @property
    def token_file(self) -> Path:
        """The file with the token that whoever sends alerts has to know."""
        return self.directory / "token"

    def command(self) -> Command:
        self.directory.mkdir(parents=True, exist_ok=True)
        return Command(
            self.name,
            [program(BRIDGE, "statuspage-bridge"), "--port", str(self.port)],
            self.directory,
            {**self.environment, **self.settings, "ALERTMANAGER_TOKEN_SANDBOX": self._token()},
        )

    def _token(self) -> str:
        if not self.token_file.exists():
            self.token_file.touch(mode=0o600)
            self.token_file.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        return self.token_file.read_text(encoding="utf-8")


def local_settings(*, server: str, key: str, page: str) -> dict[str, str]:
    """Return the settings for a server on this machine."""
    return {
        "STATUSPAGE_HOST": server,
        "STATUSPAGE_KEY": key,
        "STATUSPAGE_PAGE": page,
        "STATE": "sqlite:///bridge.db",
        # The integration's webhook is a subscriber, and there is no other.
        "NOTIFY": "true",
    }
