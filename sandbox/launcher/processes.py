"""A program as a child: started, watched through its log, and sure to end."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from weakref import WeakSet

from launcher import guard
from launcher.errors import ProgramFailed
from launcher.log_lines import last_message

POLL_INTERVAL = 0.05

_started: "WeakSet[Process]" = WeakSet()


@dataclass(frozen=True, slots=True)
class Command:
    """What to start, where, and with which environment."""

    name: str
    arguments: Sequence[str | Path]
    directory: Path
    environment: Mapping[str, str]
    # How long it may take to end in order before it is ended.
    patience: float = 10.0


class Process:
    """One run of a program.

    Its output goes to a file and not through a pipe: a launcher that is slow or gone never makes
    the program wait.
    """

    def __init__(self, command: Command, log: Path, inherited: Sequence[int] = ()) -> None:
        self.command = command
        self.log = log
        self._position = 0
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self._guard = subprocess.Popen(  # noqa: S603
                [
                    sys.executable,
                    "-I",
                    "-S",
                    guard.__file__,
                    str(command.patience),
                    *command.arguments,
                ],
                cwd=command.directory,
                env={**command.environment, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal is for the launcher alone.
                start_new_session=True,
                pass_fds=inherited,
            )

        _started.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.command.name

    @property
    def status(self) -> int | None:
        """The status it ended with, None while it runs."""
        return self._guard.poll()

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def new_lines(self) -> list[str]:
        """Return the whole lines that were written since the last call."""
        with self.log.open("rb") as log:
            log.seek(self._position)
            whole, end, _ = log.read().rpartition(b"\n")
        self._position += len(whole) + len(end)
        return whole.decode(errors="replace").splitlines()

    def wait(self, seconds: float) -> int:
        """Wait for the end; return the status."""
        self.until(lambda: self.status is not None, seconds, "end", may_end=True)
        return self._guard.wait()

    def wait_for(self, pattern: str, seconds: float) -> re.Match[str]:
        found: list[re.Match[str]] = []

        def look() -> bool:
            found.extend(re.finditer(pattern, self.output(), re.MULTILINE))
            return bool(found)

        self.until(look, seconds, "say that it is ready")
        return found[0]

    def until(
        self, done: Callable[[], bool], seconds: float, what: str, *, may_end: bool = False
    ) -> None:
        """Wait until something is so; fail when the program ends first, or when time is over."""
        last = time.monotonic() + seconds
        while not done():
            if self.status is not None and not may_end:
                raise self.failure()
            if time.monotonic() > last:
                raise ProgramFailed(
                    f"{self.name} did not {what} within {seconds:.0f} seconds. Its log is "
                    f"{self.log}."
                )
            time.sleep(POLL_INTERVAL)

    def failure(self) -> ProgramFailed:
        """Say why it ended."""
        reason = last_message(self.output()) or f"it said nothing, its status is {self.status}"
        return ProgramFailed(f"{self.name} ended: {reason}")

    def stop(self) -> None:
        """End it in order, or after a while by force; do nothing when it has ended."""
        self.request_stop()
        # The guard itself keeps the time; this is for the case that it was killed.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._guard.wait(self.command.patience + 5)
        self._close()

    def request_stop(self) -> None:
        """Tell it to end, and do not wait."""
        self._send(guard.STOP)

    def request_kill(self) -> None:
        """End it at once, and do not wait."""
        self._send(guard.KILL)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.request_kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._guard.wait(self.command.patience)
        self._close()

    def _send(self, letter: bytes) -> None:
        pipe = self._guard.stdin
        if pipe is not None and not pipe.closed:
            with contextlib.suppress(BrokenPipeError):
                os.write(pipe.fileno(), letter)

    def _close(self) -> None:
        if self._guard.stdin is not None:
            self._guard.stdin.close()


def kill_all() -> None:
    """Kill every program that still runs, and do not wait."""
    for process in list(_started):
        process.request_kill()
