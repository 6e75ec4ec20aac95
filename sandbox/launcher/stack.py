"""The whole loop: a server, a sandbox and the integration between them.

    with Stack(directory) as stack:
        stack.server.generate("A page", components=5, groups=1, incidents=3)
        stack.start()
        ...
        stack.integration.restart()

For other settings, change those of a service before it is started.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from launcher.integration import Integration, local_settings
from launcher.sandbox import Sandbox
from launcher.server import Server, Settings
from launcher.services import Service


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three listen; 0 is any free port."""

    server: int = 0
    sandbox: int = 0
    integration: int = 0


class Stack:
    """Three programs that keep all they have in one directory."""

    def __init__(
        self,
        directory: Path,
        *,
        ports: Ports = Ports(),
        server_settings: Settings | None = None,
        integration_settings: Mapping[str, str] | None = None,
        faults: bool = False,
        inherited: Sequence[int] = (),
    ) -> None:
        self.directory = directory
        self.server = Server(directory / "server", ports.server, server_settings, inherited)
        self.sandbox = Sandbox(
            directory / "sandbox", ports.sandbox, faults=faults, inherited=inherited
        )
        self.integration = Integration(
            directory / "integration", integration_settings or {}, ports.integration, inherited
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def services(self) -> tuple[Service, ...]:
        """The three, in the order in which they are started."""
        return (self.server, self.sandbox, self.integration)

    @property
    def key_file(self) -> Path:
        """The file with the key for the server's manage API."""
        return self.server.directory / "api-key"

    def key(self) -> str:
        """Return the key for the server's manage API; make it when there is none."""
        if not self.key_file.exists():
            key = self.server.create_key("make run")
            self.key_file.touch(mode=0o600)
            self.key_file.write_text(key, encoding="utf-8")
        return self.key_file.read_text(encoding="utf-8")

    def start_services(self) -> None:
        """Start the server and the sandbox, side by side, and wait until both answer."""
        local = local_settings(
            sandbox=self.sandbox.address,
            server=self.server.address,
            key=self.key(),
            integration=self.integration.address,
        )
        self.integration.settings = {**local, **self.integration.settings}
        for service in (self.server, self.sandbox):
            service.start()
        for service in (self.server, self.sandbox):
            service.wait_until_ready()

    def start(self) -> None:
        self.start_services()
        self.integration.start()
        self.integration.wait_until_ready()

    def require_alive(self) -> None:
        """Fail when one of the three has ended by itself."""
        for service in self.services:
            if service.process is not None and service.process.status is not None:
                raise service.process.failure()

    def stop(self) -> None:
        """End all three, the integration first: it tells the sandbox that it ends."""
        self.integration.stop()
        for service in (self.server, self.sandbox):
            if service.process is not None:
                service.process.request_stop()
        for service in (self.server, self.sandbox):
            service.stop()

    def kill(self) -> None:
        """End all three at once."""
        for service in self.services:
            service.kill()
