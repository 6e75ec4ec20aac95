"""The program, started and stopped as its user does."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

PROGRAM = [sys.executable, "-m", "port_sandbox"]


@contextmanager
def running(*options: str) -> Iterator[httpx.Client]:
    """Start the program, yield a client of it, stop it."""
    command = [*PROGRAM, "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            line = program.stdout.readline()
            found = re.fullmatch(r"The sandbox is at (http://127\.0\.0\.1:\d+)\n", line)
            assert found, line
            with httpx.Client(base_url=found[1], trust_env=False, timeout=5) as client:
                assert client.get("/health").json() == {"ok": True}
                yield client
            program.send_signal(signal.SIGTERM)
            assert program.wait(10) == 0
        finally:
            program.kill()
