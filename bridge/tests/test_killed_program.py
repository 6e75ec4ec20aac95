"""The bridge as a process with its state in a file, killed with SIGKILL at any moment.

A few kills each time; KILLS=200 does as many.
"""

import os
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from making import API
from program import started, wait_for
from real_server import RealServer

KILLS = int(os.environ.get("KILLS", "4"))
HEADERS = {"Authorization": "Bearer am-token"}
# A pass takes less: kills hit all of it, and a little of what is before and after.
LONGEST = 0.15
CHANCE = random.Random(13)  # noqa: S311 (nothing secret)


def message(status: str, number: int) -> dict[str, Any]:
    labels = {"alertname": "Errors", "statuspage_component": "API", "number": str(number)}
    row = {"status": status, "labels": labels, "fingerprint": f"f{number}"}
    return {"version": "4", "alerts": [row]}


def send(address: str, body: dict[str, Any]) -> httpx.Response:
    """Send it as Alertmanager does."""
    return httpx.post(f"{address}/alertmanager/main", json=body, headers=HEADERS, timeout=20)


def answered_before(address: str, body: dict[str, Any], end: Callable[[], None]) -> bool:
    """Send it, and tell whether it was answered before the bridge was killed."""
    killer = threading.Timer(CHANCE.uniform(0, LONGEST), end)
    killer.start()
    try:
        return send(address, body).is_success
    except httpx.HTTPError:
        return False
    finally:
        killer.join()


def test_whenever_it_is_killed_nothing_is_opened_twice_and_nothing_forgotten(
    server: RealServer, tmp_path: Path
) -> None:
    state = {"STATE": f"sqlite:///{tmp_path / 'bridge.db'}"}
    kills = 0
    while kills < KILLS:
        for status, public in (("firing", "investigating"), ("resolved", "resolved")):
            body = message(status, kills // 2)
            with started(server, **state) as (address, process):
                answered = answered_before(address, body, process.kill)
                kills += 1
            with started(server, **state) as (address, _):
                if not answered:
                    # Whoever got no answer sends it again.
                    assert send(address, body).is_success
                wait_for(lambda: bool(health(address)["last_pass"]))
            assert [one["status"] for one in server.incidents()] == [public], f"kill {kills}"
        assert server.status(API) == "operational"
        server.clear()


def health(address: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{address}/health").json()
    return found
