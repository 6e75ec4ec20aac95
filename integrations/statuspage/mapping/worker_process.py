"""The process that runs jq, seen from outside: started when needed, and again after it ended."""

import atexit
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

from .frames import read_frame, write_frame
from .program import ProgramText

# What an expression may take. Of an object of 1 MB jq makes some 10.
MEMORY = 512 * 1024 * 1024

_ROOT = Path(__file__).parent.parent
_START = """\
import sys
sys.path.insert(0, sys.argv[1])
from mapping.worker import main
main(*map(int, sys.argv[2:]))"""
_LOOK_EVERY = 0.2
_LAST_WISH = 1.0

type Reply = tuple[list[int], list[tuple[Any, ...]]]


class WorkerEnded(Exception):
    """The process ended before it answered."""


class WorkerStopped(Exception):
    """The process was ended, since it took too long or nobody waits any more."""


class WorkerProcess:
    """One process, that answers one request after the other. Not for two threads at once."""

    def __init__(self, memory: int = MEMORY) -> None:
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline = -1
        self._numbers: dict[ProgramText, int] = {}
        self._sent: set[int] = set()

    @property
    def pid(self) -> int | None:
        """The process, if there is one."""
        return self._process.pid if self._process else None

    def ask(
        self,
        program: ProgramText,
        objects: list[str],
        *,
        parse_all: bool,
        limit: float,
        is_wanted: Callable[[], bool],
    ) -> Reply:
        """Have objects mapped, within so many seconds."""
        process = self._process or self._start()
        requests, replies = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        number = self._numbers.setdefault(program, len(self._numbers))
        text = None if number in self._sent else tuple(program)
        deadline = time.monotonic() + limit
        try:
            write_frame(requests, (number, text, parse_all, objects))
            self._sent.add(number)
            # It answers all at once.
            while time.monotonic() < deadline and is_wanted():
                if select.select([replies], [], [], _LOOK_EVERY)[0]:
                    return cast("Reply", read_frame(replies))
        except (OSError, EOFError):
            self.stop()
            raise WorkerEnded from None
        self.stop()
        raise WorkerStopped

    def stop(self) -> None:
        """End the process at once; the next request starts another."""
        if self._process:
            self._process.kill()
            self._leave(self._process)

    def close(self) -> None:
        """Let the process end by itself, which takes a moment."""
        if not self._process:
            return
        cast("IO[bytes]", self._process.stdin).close()
        try:
            self._process.wait(_LAST_WISH)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._leave(self._process)

    def _start(self) -> subprocess.Popen[bytes]:
        theirs, self._lifeline = os.pipe()
        arguments = [str(_ROOT), str(theirs), str(self._memory)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-c", _START, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[theirs],
            )
        finally:
            os.close(theirs)
        atexit.register(self.close)
        return self._process

    def _leave(self, process: subprocess.Popen[bytes]) -> None:
        atexit.unregister(self.close)
        os.close(self._lifeline)
        for pipe in (process.stdin, process.stdout):
            try:
                cast("IO[bytes]", pipe).close()
            except OSError:
                # What was not sent yet goes nowhere.
                continue
        process.wait()
        self._process = None
        self._sent.clear()
