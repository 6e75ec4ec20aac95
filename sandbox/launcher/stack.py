"""The whole loop: a server, a sandbox and the integration between them; on demand the bridge.

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

from launcher import bridge
from launcher.bridge import Bridge
from launcher.integration import Integration, local_settings
from launcher.sandbox import Sandbox
from launcher.server import Server, Settings
from launcher.services import Service


@dataclass(frozen=True, slots=True)
class Ports:
    """Where they listen; 0 is any free port. Without a port there is no bridge."""

    server: int = 0
    sandbox: int = 0
    integration: int = 0
    bridge: int | None = None


class Stack:
    """Programs that keep all they have in one directory."""

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
        self.bridge: Bridge | None = None
        if ports.bridge is not None:
            self.bridge = Bridge(directory / "bridge", ports.bridge, inherited=inherited)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def services(self) -> tuple[Service, ...]:
        """All of them, in the order in which they are started."""
        between = () if self.bridge is None else (self.bridge,)
        return (self.server, self.sandbox, *between, self.integration)

    @property
    def key_file(self) -> Path:
        """The file with the key for the server's manage API."""
        return self.server.directory / "api-key"

    def key(self) -> str:
        """Return the key for the server's manage API; make it when there is none."""
        return self._key(self.key_file, "make run")

    def start_bridge(self, page: str) -> None:
        """Start the bridge, for one page of the server, and wait until it answers."""
        if self.bridge is not None:
            self.bridge.settings = bridge.local_settings(
                server=self.server.address,
                # A key has a quota, which the integration spends on its resyncs.
                key=self._key(self.server.directory / "bridge-key", "bridge"),
                page=page,
            )
            self.bridge.start()
            self.bridge.wait_until_ready()

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
        """Fail when one of them has ended by itself."""
        for service in self.services:
            if service.process is not None and service.process.status is not None:
                raise service.process.failure()

    def stop(self) -> None:
        """End all of them, the integration first: it tells the sandbox that it ends."""
        self.integration.stop()
        others = [service for service in self.services if service is not self.integration]
        for service in others:
            if service.process is not None:
                service.process.request_stop()
        for service in others:
            service.stop()

    def kill(self) -> None:
        """End all of them at once."""
        for service in self.services:
            service.kill()

    def _key(self, file: Path, name: str) -> str:
        if not file.exists():
            key = self.server.create_key(name)
            file.touch(mode=0o600)
            file.write_text(key, encoding="utf-8")
        return file.read_text(encoding="utf-8")
