"""`make bench/bridge`: how long it takes from a webhook to the incident on our server.

Each webhook opens one incident and resolves the one before, and is timed to its answer, which
comes after both. The bridge is started again every few webhooks, so that neither the quota of its
key nor its own limit of passes is part of what is measured.
"""

import argparse
import json
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import quantiles
from typing import Any

from launcher.bridge import Bridge, local_settings
from launcher.server import Server

from bridge.pagerduty import LATENCY, PagerDuty

PAGE = "k4h7zq2m9x1c"
COMPONENTS = 20
BETWEEN_STARTS = 4
WEBHOOK = json.dumps({"messages": [{"event": "incident.acknowledge"}]}).encode()
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench/bridge")
    parser.add_argument("--webhooks", type=int, default=100)
    webhooks = parser.parse_args().webhooks
    with tempfile.TemporaryDirectory() as folder, PagerDuty() as pagerduty:
        seconds = measure(Path(folder), pagerduty, webhooks)
    cuts = quantiles(seconds, n=100, method="inclusive")
    print(
        f"{len(seconds)} webhooks, PagerDuty after {LATENCY * 1000:.0f} ms: "
        f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms, "
        f"longest {max(seconds) * 1000:.0f} ms"
    )


def measure(folder: Path, pagerduty: PagerDuty, webhooks: int) -> list[float]:
    """Return the seconds of each webhook."""
    page = {"id": PAGE, "title": "Measured", "token": "made-up-token"}
    limits = {"rate_limit": 0}
    with Server(folder / "server", settings={"statuspage": page, "server": limits}) as server:
        server.start()
        server.wait_until_ready()
        key = server.create_key("bridge")
        server.fill(_page(folder), into=PAGE)
        bridge = Bridge(folder / "bridge")
        bridge.settings = local_settings(server=server.address, key=key, page=PAGE) | {
            "PD_ACCOUNT_MEASURED": "made-up-key",
            "PD_API_MEASURED": pagerduty.address,
        }
        seconds = []
        with bridge:
            for number in range(webhooks):
                if number % BETWEEN_STARTS == 0:
                    bridge.restart()
                    _wait_for_first_pass(bridge)
                name = f"Component {number % COMPONENTS}"
                pagerduty.is_about(name)
                begun = time.perf_counter()
                _ask(f"{bridge.address}/measured", WEBHOOK)
                seconds.append(time.perf_counter() - begun)
                _require_open(server, name)
        return seconds


def _page(folder: Path) -> Path:
    file = folder / "page.json"
    rows = [{"id": f"c{n:011d}", "name": f"Component {n}"} for n in range(COMPONENTS)]
    page = {"id": PAGE, "name": "Measured"}
    lists = {"components": rows, "incidents": [], "scheduled_maintenances": []}
    file.write_text(json.dumps({"page": page, **lists}), encoding="utf-8")
    return file


def _wait_for_first_pass(bridge: Bridge) -> None:
    while _ask(f"{bridge.address}/health")["last_pass"] is None:
        time.sleep(0.05)


def _require_open(server: Server, name: str) -> None:
    rows = _ask(f"{server.address}/pages/{PAGE}/api/v2/incidents/unresolved.json")["incidents"]
    found = [row["name"] for row in rows]
    if found != [f"Errors in {name}"]:
        raise SystemExit(f"{name} should have the only open incident, and there is {found}.")


def _ask(url: str, data: bytes | None = None) -> Any:
    with _direct.open(urllib.request.Request(url, data), timeout=60) as answer:  # noqa: S310 (http)
        return json.load(answer)


if __name__ == "__main__":
    main()
