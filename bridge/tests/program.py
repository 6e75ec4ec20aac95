"""The command, in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from real_server import PAGE, RealServer

PROGRAM = Path(sys.executable).parent / "statuspage-bridge"


@contextmanager
def started(server: RealServer, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environment = {
        "PATH": os.environ["PATH"],
        "ALERTMANAGER_TOKEN_MAIN": "am-token",
        "STATUSPAGE_PAGE": PAGE,
        "STATUSPAGE_KEY": server.key,
        "STATUSPAGE_HOST": server.address,
        **more,
    }
    with subprocess.Popen(
        [PROGRAM, "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            running = re.match(r"Running on (\S+) ", process.stderr.readline())
            assert running
            yield running[1], process
        finally:
            process.kill()
