"""The command, in a process of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from real_server import PAGE, RealServer

PROGRAM = Path(sys.executable).parent / "statuspage-bridge"


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait for what other processes do."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.2)


@contextmanager
def started(
    server: RealServer, *arguments: str | Path, **more: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environment = {
        "PATH": os.environ["PATH"],
        "ALERTMANAGER_TOKEN_MAIN": "am-token",
        "STATUSPAGE_PAGE": PAGE,
        "STATUSPAGE_KEY": server.key,
        "STATUSPAGE_HOST": server.address,
        **more,
    }
    with subprocess.Popen(
        [PROGRAM, *arguments, "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            running = re.match(r"Running on (\S+) ", process.stderr.readline())
            assert running
            yield running[1], process
        finally:
            process.kill()
