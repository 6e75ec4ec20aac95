"""The real program in a process of its own, on a free loopback port."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import httpx
from sqlalchemy.engine import URL

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


def environment(url: URL | None) -> dict[str, str]:
    found = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    if url is not None:
        found["STATUSPAGE_DATABASE"] = url.render_as_string(hide_password=False)
    return found


def run(*arguments: str | Path, url: URL | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "statuspage_server", *map(str, arguments)]
    return subprocess.run(
        command, env=environment(url), capture_output=True, text=True, timeout=60, check=False
    )


def eventually(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Processes have their own time: look until it is so, or say what was waited for."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.02)


@dataclass
class Program:
    config: Path
    url: URL | None = None
    port: int = 0
    options: tuple[str, ...] = ()
    descriptors: int | None = None
    lines: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> None:
        command = [sys.executable, "-m", "statuspage_server", str(self.config)]
        if self.descriptors:
            command = ["sh", "-c", f'ulimit -n {self.descriptors}; exec "$@"', "sh", *command]
        self._process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self.port), *self.options],
            env=environment(self.url),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        first = self._process.stderr.readline()
        match = re.search(r"Running on http://127\.0\.0\.1:(\d+) ", first)
        assert match is not None, first + self._process.stderr.read()
        self.port = int(match[1])
        self._reader = threading.Thread(target=self._read, args=(self._process.stderr,))
        self._reader.start()

    def _read(self, stream: IO[str]) -> None:
        self.lines.extend(stream)

    def kill(self) -> None:
        """As the power goes: no handler runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._end()

    def stop(self) -> int:
        self._process.terminate()
        self._end()
        return self._process.returncode

    def _end(self) -> None:
        self._process.wait(PATIENCE)
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, trust_env=False)
