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

from statuspage_nobl9.address import STATUS_PAGE

SERVER = Path(__file__).parents[2] / "server/.venv/bin/statuspage-server"
PAGE = "k4h7zq2m9x1c"
SHOP, SEARCH, API = "g1shop00000a", "c1search000a", "c1api000000a"
KEY_NAME = "tests"


@dataclass(frozen=True, slots=True)
class RealServer:
    """A running server and a key of it; its database lies in `folder`."""

    address: str
    key: str
    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        return {
            "NOBL9_BASE_URL": self.address,
            "NOBL9_ORG": PAGE,
            "NOBL9_CLIENT_ID": KEY_NAME,
            "NOBL9_CLIENT_SECRET": self.key,
        }

    def read(self, path: str) -> Any:
        """Ask the manage API, which Port reads as well."""
        return self._get(f"/v1/pages/{PAGE}{path}", {"Authorization": f"OAuth {self.key}"})

    def issues(self) -> list[Any]:
        """Return what was reported, the newest first."""
        headers = {"Authorization": f"Bearer {self.key}", "Organization": PAGE}
        return list(self._get(f"{STATUS_PAGE}/issues", headers)["issues"])

    def _get(self, path: str, headers: dict[str, str]) -> Any:
        answer = httpx.get(self.address + path, headers=headers, trust_env=False)
        answer.raise_for_status()
        return answer.json()

    def status(self, component: str) -> str:
        return str(self.read(f"/components/{component}")["status"])


@contextmanager
def served(folder: Path) -> Iterator[RealServer]:
    """Run a server with the page, and without limits."""
    settings = {"rate_limit": 0, "database": database_of(folder)}
    with started(folder, settings) as (address, config):
        (folder / "page.json").write_text(json.dumps(_page()))
        with (
            _running("fill", folder / "page.json", "--config", config),
            _running("key", "create", KEY_NAME, "--config", config) as created,
        ):
            key = created.communicate()[0].split()[-1]
        yield RealServer(address, key, folder)


def database_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'page.db'}"


@contextmanager
def started(folder: Path, settings: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """Run a server with what stands below `server:`; its address and its configuration."""
    config = folder / "config.yml"
    server = {"host": "127.0.0.1", "port": 0, **settings}
    page = {"title": "Another page", "token": "0" * 64, "groups": {}}
    config.write_text(json.dumps({"server": server, "statuspage": page}))
    with subprocess.Popen([SERVER, config], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            running = re.search(r"Running on (http://127\.0\.0\.1:\d+) ", said)
            assert running, said
            yield running[1], config
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
            {"id": SEARCH, "name": "Search", "group_id": SHOP},
            {"id": API, "name": "API"},
        ],
        "incidents": [],
        "scheduled_maintenances": [],
    }
