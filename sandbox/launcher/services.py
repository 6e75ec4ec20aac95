"""What the three programs have in common: started, ended, and started again at one address."""

import os
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from launcher.addresses import free_port, url
from launcher.environment import clean
from launcher.errors import ProgramFailed
from launcher.processes import Command, Process

# Starting takes a second or two; a busy machine may need many of them.
READY_WITHIN = 60.0

# Not for a proxy: what is asked is on this machine.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Service(ABC):
    """A program that listens at a port of this machine and keeps what it has in a directory."""

    name: str
    health: str

    def __init__(self, directory: Path, port: int = 0, inherited: Sequence[int] = ()) -> None:
        self.directory = directory
        self.port = port or free_port()
        self.inherited = inherited
        self.environment = clean(os.environ)
        self.process: Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """Where it listens."""
        return url(self.port)

    @abstractmethod
    def command(self) -> Command:
        """Return how it is started."""

    def start(self) -> Process:
        """Start it and return at once."""
        self.process = self.run(self.command())
        return self.process

    def wait_until_ready(self, seconds: float = READY_WITHIN) -> None:
        """Wait until it answers requests."""
        if self.process is None:
            raise ProgramFailed(f"{self.name} was not started.")
        last = time.monotonic() + seconds
        answers = f"{self.address}{self.health}"
        self.process.until(lambda: _answers(answers), last - time.monotonic(), "answer")

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None:
            self.process.stop()

    def kill(self) -> None:
        """End it as a crash would."""
        if self.process is not None:
            self.process.kill()

    def restart(self) -> None:
        """End it, start it again, wait until it is ready."""
        self.stop()
        self.start()
        self.wait_until_ready()

    def run(self, command: Command) -> Process:
        log = self.directory / f"{command.name.replace(' ', '-')}.log"
        return Process(command, log, self.inherited)


def _answers(address: str) -> bool:
    try:
        with _direct.open(address, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False
