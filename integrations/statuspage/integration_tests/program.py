"""`ocean` as its user starts it, between a Port and a Statuspage on this machine."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from port_ocean.integration_testing.port_mock import PortMockResponder

from tests.account import KEY

from .loopback import served

HERE = Path(__file__).parent.parent
OCEAN = Path(sys.executable).parent / "ocean"
PREFIX = "OCEAN__INTEGRATION__CONFIG__"

# Of Port's credentials, and the secret from which each webhook's token is made.
CLIENT_ID, CLIENT_SECRET = "somebody", "made-up-port-secret"
UNSUBSCRIBE = (sys.executable, "-m", "unsubscribe")


class Sailing:
    """`ocean sail`, while it runs."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log

    def address(self) -> str:
        """Return where it listens, once it does."""
        said = re.compile(r"Uvicorn running on http://0\.0\.0\.0:(\d+)")
        assert eventually(lambda: said.search(self._log.read_text()) is not None)
        [port] = said.findall(self._log.read_text())
        return f"http://127.0.0.1:{port}"

    @property
    def group(self) -> int:
        """The group of its processes, which is also the first one's id."""
        return self._process.pid

    def crash(self) -> None:
        """End it and what it started, without a word of warning."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=30)


class Program:
    """`ocean`, with the addresses of a Port and a Statuspage on this machine."""

    def __init__(self, port: str, statuspage: str) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "OCEAN__PORT__BASE_URL": port,
            "OCEAN__PORT__CLIENT_ID": CLIENT_ID,
            "OCEAN__PORT__CLIENT_SECRET": CLIENT_SECRET,
            "OCEAN__INTEGRATION__IDENTIFIER": "test-integration",
            "OCEAN__INITIALIZE_PORT_RESOURCES": "false",
            "APPLICATION__ENABLE_HTTP_LOGGING": "false",
            f"{PREFIX}STATUSPAGE_API_KEY": KEY,
            f"{PREFIX}STATUSPAGE_HOST": statuspage,
        }

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `ocean` to its end."""
        return self.end(OCEAN, *arguments, **_parameters(settings))

    def end(self, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run any command to its end."""
        return subprocess.run(
            command,
            cwd=HERE,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def sailing(self, log: Path, *arguments: str, **environment: str) -> Iterator[Sailing]:
        """Run `ocean sail` on a free port until the block ends; its lines go to a file."""
        with (
            log.open("w") as lines,
            subprocess.Popen(
                [OCEAN, "sail", "--port", "0", *arguments],
                cwd=HERE,
                env=self.environment | environment,
                stdout=lines,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            ) as process,
        ):
            try:
                yield Sailing(process, log)
            finally:
                process.terminate()
                process.wait(timeout=30)
                # The processes in which Ocean runs jq outlive one that ends within a resync.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def _parameters(settings: dict[str, str]) -> dict[str, str]:
    return {f"{PREFIX}{name}": value for name, value in settings.items()}


@contextmanager
def served_port(port: PortMockResponder) -> Iterator[str]:
    """Serve Ocean's mock of Port; yield its address."""

    def answer(request: httpx.Request) -> httpx.Response:
        response = asyncio.run(port.transport.handle_async_request(request))
        content = json.loads(response.content) if response.is_success else {}
        if integration := content.get("integration"):
            # What only a real start reads: Ocean's mock leaves it out, or points it elsewhere.
            integration.get("resyncState", {})["updatedAt"] = "2026-01-01T00:00:00Z"
            here = str(request.url.copy_with(raw_path=b"/ingest"))
            for sink in ("logAttributes", "metricAttributes", "ingestAttributes"):
                integration[sink] = {"ingestUrl": here}
        return httpx.Response(response.status_code, json=content)

    with served(answer) as address:
        yield address


def eventually(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Tell whether something comes true in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
