"""The integration as a program."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from launcher.paths import INTEGRATION, program
from launcher.processes import Command, Process
from launcher.services import Service

# It tells Port that it ends; a Port that does not answer must not hold up a Ctrl-C.
PATIENCE = 5.0
CONFIG = "OCEAN__INTEGRATION__CONFIG__"
# Ocean's own default, which the actions that come with the integration name.
INSTALLATION = "my-statuspage-integration"
ONCE = json.dumps({"type": "ONCE"})


class Integration(Service):
    """The integration with its settings; `folder` may name another copy of it."""

    name = "integration"
    health = "/health/ready"

    def __init__(
        self,
        directory: Path,
        settings: Mapping[str, str],
        port: int = 0,
        inherited: Sequence[int] = (),
        folder: Path = INTEGRATION,
    ) -> None:
        super().__init__(directory, port, inherited)
        self.settings = settings
        self.folder = folder

    def command(self) -> Command:
        return self._command(self.settings, "--port", str(self.port))

    def start_once(self) -> Process:
        """Start one resync, after which it ends; it needs no address."""
        self.process = self.run(
            self._command({**self.settings, "OCEAN__EVENT_LISTENER": ONCE}, "--port", "0")
        )
        return self.process

    def _command(self, settings: Mapping[str, str], *options: str) -> Command:
        return Command(
            self.name,
            [program(self.folder, "ocean"), "sail", *options],
            self.folder,
            {**self.environment, **settings},
            PATIENCE,
        )


def local_settings(
    *,
    sandbox: str,
    server: str,
    key: str,
    integration: str,
) -> dict[str, str]:
    """Return the settings for a sandbox and a server on this machine, with live events."""
    return {
        "OCEAN__BASE_URL": integration,
        "OCEAN__PORT__BASE_URL": sandbox,
        "OCEAN__PORT__CLIENT_ID": "local-client-id",
        "OCEAN__PORT__CLIENT_SECRET": "local-client-secret",
        "OCEAN__INTEGRATION__IDENTIFIER": INSTALLATION,
        "OCEAN__INTEGRATION__TYPE": "statuspage",
        "OCEAN__EVENT_LISTENER": json.dumps({"type": "POLLING", "interval": 5}),
        # Who starts an action looks at its run.
        "OCEAN__ACTIONS_PROCESSOR__ENABLED": "true",
        "OCEAN__ACTIONS_PROCESSOR__POLL_CHECK_INTERVAL_SECONDS": "1",
        f"{CONFIG}STATUSPAGE_API_KEY": key,
        f"{CONFIG}STATUSPAGE_HOST": server,
    }
