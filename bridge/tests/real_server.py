"""The server of this repository in a process of its own, with a page for the tests."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from making import API, CART

SERVER = Path(__file__).parents[2] / "server/.venv/bin/statuspage-server"
PAGE = "k4h7zq2m9x1c"
SHOP = "g1shop00000a"


@dataclass(frozen=True, slots=True)
class RealServer:
    """A running server and a key of it."""

    address: str
    key: str
    http: httpx.Client

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Ask the manage API, below the page."""
        url = f"{self.address}/v1/pages/{PAGE}{path}"
        headers = {"Authorization": f"OAuth {self.key}"}
        answer = self.http.request(method, url, headers=headers, json=body or None)
        answer.raise_for_status()
        return answer.json()

    def incidents(self) -> list[Any]:
        """Return everything that was opened or planned, the newest first."""
        found: list[Any] = self.call("GET", "/incidents")
        return found

    def incident(self) -> Any:
        """Return the only incident."""
        (found,) = self.incidents()
        return found

    def open(self, **fields: Any) -> str:
        """Open an incident as a person does."""
        incident = {"name": "Orders fail", "components": {API: "major_outage"}} | fields
        return str(self.call("POST", "/incidents", incident=incident)["id"])

    def write(self, id_: str, **fields: Any) -> None:
        """Change an incident as a person does."""
        self.call("PATCH", f"/incidents/{id_}", incident=fields)

    def status(self, component: str) -> str:
        return str(self.call("GET", f"/components/{component}")["status"])

    def clear(self) -> None:
        """Make the page as it was at first."""
        for incident in self.incidents():
            self.call("DELETE", f"/incidents/{incident['id']}")
        for row in self.call("GET", "/components"):
            if not row["group"] and row["status"] != "operational":
                self.call("PATCH", f"/components/{row['id']}", component={"status": "operational"})


@contextmanager
def served(folder: Path) -> Iterator[RealServer]:
    """Run a server with the page."""
    config = folder / "config.yml"
    server = {"host": "127.0.0.1", "port": 0, "rate_limit": 0}
    page = {"title": "Another page", "token": "0" * 64, "groups": {}}
    config.write_text(json.dumps({"server": server, "statuspage": page}))
    (folder / "page.json").write_text(json.dumps(_page()))
    with subprocess.Popen([SERVER, config], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            running = re.search(r"Running on (http://127\.0\.0\.1:\d+) ", said)
            assert running, said
            # Both start slowly, so they start together.
            with (
                _running("fill", folder / "page.json", "--config", config),
                _running("key", "create", "tests", "--config", config) as created,
            ):
                key = created.communicate()[0].split()[-1]
            with httpx.Client(trust_env=False) as http:
                yield RealServer(running[1], key, http)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _running(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen([SERVER, *arguments], stdout=subprocess.PIPE, text=True)


def _page() -> dict[str, Any]:
    return {
        "page": {"id": PAGE, "name": "Acme Cloud"},
        "components": [
            {"id": SHOP, "name": "Shop", "group": True},
            {"id": CART, "name": "Cart", "group_id": SHOP},
            {"id": API, "name": "API"},
        ],
        "incidents": [],
        "scheduled_maintenances": [],
    }
