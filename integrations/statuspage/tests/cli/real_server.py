"""The server of this repository in a process of its own, with a page that the examples know."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).parents[2]
SERVER = HERE.parents[1] / "server/.venv/bin/statuspage-server"

PAGE, PAGE_NAME = "k4h7zq2m9x1c", "Acme Cloud"
SHOP, SEARCH, CART, API = "g1shop00000a", "c1search000a", "c1cart00000a", "c1api000000a"
# Over, open, and planned.
PAST, OPEN, PLANNED = "k7d2m4p9x1wz", "p3n8v5t2r6qy", "m5w9k1c7j3hb"


@dataclass(frozen=True, slots=True)
class RealServer:
    """A running server and a key of it."""

    address: str
    key: str

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Ask the manage API, below the page."""
        answer = httpx.request(
            method,
            f"{self.address}/v1/pages/{PAGE}{path}",
            headers={"Authorization": f"OAuth {self.key}"},
            json=body or None,
            trust_env=False,
        )
        answer.raise_for_status()
        return answer.json()


@contextmanager
def served(folder: Path) -> Iterator[RealServer]:
    """Run a server with the page."""
    config = folder / "config.yml"
    server = {"host": "127.0.0.1", "port": 0, "rate_limit": 0}
    page = {"title": "Another page", "token": "0" * 64, "groups": {}}
    config.write_text(json.dumps({"server": server, "statuspage": page}))
    (folder / "page.json").write_text(json.dumps(_page(datetime.now(UTC))))
    with subprocess.Popen([SERVER, config], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            running = re.search(r"Running on (http://127\.0\.0\.1:\d+) ", said)
            assert running, said
            found = RealServer(running[1], _prepared(folder / "page.json", config))
            found.call("PATCH", "", page={"subdomain": "acme"})
            yield found
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _prepared(page: Path, config: Path) -> str:
    """Fill the page and make a key, in one process, since each takes seconds to import."""
    program = (
        "import sys; from statuspage_server.cli import cli; page, config = sys.argv[1:]\n"
        "for words in (['fill', page], ['key', 'create', 'tests']):\n"
        "    cli([*words, '--config', config], standalone_mode=False)\n"
    )
    ended = subprocess.run(
        [SERVER.with_name("python"), "-c", program, page, config],
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout.split()[-1]


def _page(now: datetime) -> dict[str, Any]:
    def ago(hours: float) -> str:
        return (now - timedelta(hours=hours)).isoformat()

    def update(number: str, status: str, hours: float, old: str, new: str) -> dict[str, Any]:
        affected = {"code": SEARCH, "name": "Shop - Search", "old_status": old, "new_status": new}
        return {
            "id": f"u{number}00000000ab"[:12],
            "status": status,
            "body": f"We are {status}.",
            "created_at": ago(hours),
            "affected_components": [affected],
        }

    search = {"id": SEARCH, "name": "Search", "group_id": SHOP, "status": "partial_outage"}
    return {
        "page": {"id": PAGE, "name": PAGE_NAME},
        "components": [
            {"id": SHOP, "name": "Shop", "group": True},
            search,
            {"id": CART, "name": "Cart", "group_id": SHOP},
            {"id": API, "name": "API"},
        ],
        "incidents": [
            {
                "id": OPEN,
                "name": "Search is slow",
                "status": "identified",
                "impact": "minor",
                "created_at": ago(0.5),
                "components": [search],
                "incident_updates": [
                    update("3", "identified", 0.5, "operational", "partial_outage")
                ],
            },
            {
                "id": PAST,
                "name": "Search was down",
                "status": "resolved",
                "impact": "major",
                "created_at": ago(30),
                "resolved_at": ago(29),
                "components": [search],
                "incident_updates": [
                    update("2", "resolved", 29, "major_outage", "operational"),
                    update("1", "investigating", 30, "operational", "major_outage"),
                ],
            },
        ],
        "scheduled_maintenances": [
            {
                "id": PLANNED,
                "name": "Database upgrade",
                "status": "scheduled",
                "impact": "maintenance",
                "created_at": ago(2),
                "scheduled_for": ago(-24),
                "scheduled_until": ago(-26),
                "components": [],
                "incident_updates": [],
            }
        ],
    }
