"""The status page server as a program."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from launcher.addresses import HERE, url
from launcher.errors import CannotSeed
from launcher.paths import SERVER, program
from launcher.processes import Command
from launcher.services import Service

# Long enough for a page with thousands of incidents.
COMMAND_WITHIN = 120.0

type Settings = Mapping[str, Any]

EMPTY: Settings = {"title": "Status", "token": "made-up-token"}


class Server(Service):
    """A status page server with its own database; `settings` is what its config file holds."""

    name = "server"
    health = "/health"

    def __init__(
        self,
        directory: Path,
        port: int = 0,
        settings: Settings | None = None,
        inherited: Sequence[int] = (),
    ) -> None:
        super().__init__(directory, port, inherited)
        self.settings = {"statuspage": EMPTY, **(settings or {})}

    @property
    def config(self) -> Path:
        """The config file."""
        return self.directory / "config.yml"

    @property
    def database(self) -> Path:
        """Where it keeps all it has, unless its settings say otherwise."""
        return self.directory / "statuspage.db"

    def command(self) -> Command:
        self.write_config()
        return self._command(self.name, self.config, "--port", str(self.port))

    def write_config(self) -> None:
        """Write the config file: JSON is YAML."""
        server = {
            "host": HERE,
            "public_url": url(self.port),
            # Live events go to the integration on this machine.
            "webhooks": {"allow_private_addresses": True},
        }
        settings = {**self.settings, "server": {**server, **self.settings.get("server", {})}}
        self.directory.mkdir(parents=True, exist_ok=True)
        self.config.write_text(json.dumps(settings, indent=2), encoding="utf-8")

    def create_key(self, name: str) -> str:
        return self.run_command("key", "create", name)

    def generate(
        self, name: str, *, components: int, groups: int, incidents: int, seed: int = 1
    ) -> str:
        """Make a page with a history; return its id."""
        sizes = {"components": components, "groups": groups, "incidents": incidents, "seed": seed}
        options = [word for key, value in sizes.items() for word in (f"--{key}", str(value))]
        return self.run_command("generate", name, *options)

    def fill(self, *files: Path, into: str | None = None) -> str:
        """Make a page from files, or fill one; return its id."""
        return self.run_command("fill", *files, *(["--into", into] if into else []))

    def run_command(self, *arguments: str | Path) -> str:
        """Run one of the server's commands; return the last line it prints on its output."""
        if not self.config.exists():
            self.write_config()
        words = " ".join(str(word) for word in arguments[:1])
        command = self._command(f"server {words}", *arguments, "--config", self.config)
        with self.run(command) as process:
            if process.wait(COMMAND_WITHIN) != 0:
                raise CannotSeed(str(process.failure()))
            output = process.output().splitlines()
            if words == "key":
                # A key is nowhere but where its owner puts it.
                process.log.unlink()
        return next(line for line in reversed(output) if " " not in line.strip())

    def _command(self, name: str, *arguments: str | Path) -> Command:
        return Command(
            name,
            [program(SERVER, "statuspage-server"), *arguments],
            self.directory,
            self.environment,
        )
