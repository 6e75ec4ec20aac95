"""The command, in a process of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from real_server import PAGE, RealServer

PROGRAM = Path(sys.executable).parent / "statuspage-bridge"
TOKEN = {"Authorization": "Bearer am-token"}
FIRING = {
    "status": "firing",
    "labels": {"alertname": "Errors", "statuspage_component": "API"},
    "startsAt": "2026-03-01T11:50:00Z",
    "fingerprint": "f1",
}


@contextmanager
def started(server: RealServer) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environment = {
        "PATH": os.environ["PATH"],
        "ALERTMANAGER_TOKEN_MAIN": "am-token",
        "STATUSPAGE_PAGE": PAGE,
        "STATUSPAGE_KEY": server.key,
        "STATUSPAGE_HOST": server.address,
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


def test_it_opens_an_incident_and_ends_well_when_it_is_told_to(server: RealServer) -> None:
    with started(server) as (address, process):
        answer = httpx.post(
            f"{address}/alertmanager/main", json={"alerts": [FIRING]}, headers=TOKEN, timeout=20
        )
        assert answer.json() == ["Performed sync"]
        assert server.incident()["name"] == "Errors in API"
        assert httpx.get(f"{address}/health").json()["status"] == "ok"

        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)

    assert process.returncode == 0
    assert time.monotonic() - begun < 5
    assert "open API (c1api000000a): alertmanager/main f1 says partial_outage." in said
    assert "am-token" not in said
    assert server.key not in said
