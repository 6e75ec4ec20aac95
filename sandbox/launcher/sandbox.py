"""The sandbox, the local Port, as a program."""

import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.paths import SANDBOX
from launcher.processes import Command
from launcher.services import Service


class Sandbox(Service):
    """A local Port with its own catalog."""

    name = "sandbox"
    health = "/health"

    def __init__(
        self,
        directory: Path,
        port: int = 0,
        *,
        faults: bool = False,
        inherited: Sequence[int] = (),
    ) -> None:
        super().__init__(directory, port, inherited)
        self.faults = faults
        # More of its options, as `--token-lifetime 60`.
        self.options: Sequence[str] = ()

    def command(self) -> Command:
        self.directory.mkdir(parents=True, exist_ok=True)
        options = ["--port", str(self.port), "--database", str(self.directory / "catalog.db")]
        return Command(
            self.name,
            [
                sys.executable,
                "-m",
                "port_sandbox",
                *options,
                *(["--faults"] if self.faults else []),
                *self.options,
            ],
            SANDBOX,
            self.environment,
        )
