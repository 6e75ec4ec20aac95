"""The keeper against a real server of the same API, which must keep one subscription a page."""

import json
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from port_ocean.integration_testing.port_mock import PortMockResponder

from subscriptions.endpoint import Installation, mark_of

from .program import (
    CLIENT_ID,
    CLIENT_SECRET,
    HERE,
    PREFIX,
    UNSUBSCRIBE,
    Program,
    eventually,
    served_port,
)

SERVER = HERE.parents[1] / "server/.venv/bin/statuspage-server"
BASE = "https://ocean.acme.test"
# As the program is called in Port by `Program`.
OURS = Installation(mark_of(CLIENT_ID, "test-integration"), BASE, CLIENT_SECRET)
FORMER_HOST = Installation(OURS.mark, "https://former.acme.test", CLIENT_SECRET)
FORMER_SECRET = Installation(OURS.mark, BASE, "former-port-secret")
FORMER_CREDENTIALS = Installation(mark_of("former", "test-integration"), BASE, "former-port-secret")
STAGING = Installation(mark_of(CLIENT_ID, "staging"), "https://staging.acme.test", CLIENT_SECRET)
LIVE = {
    "OCEAN__BASE_URL": BASE,
    f"{PREFIX}WEBHOOK_CONTACT_EMAIL": "ops@acme.test",
    # The quota is another test's matter; here it would only make this one wait.
    f"{PREFIX}REQUESTS_PER_MINUTE": "6000",
}

type Beginning = list[tuple[str, str]]


def turned(endpoint: str) -> str:
    """The same endpoint with its query in another order."""
    place, _, query = endpoint.partition("?")
    return f"{place}?{'&'.join(reversed(query.split('&')))}"


def beginnings(page: str) -> dict[str, Beginning]:
    """What a page may have before the start, each with the name of its page."""
    right = OURS.endpoint(page)
    return {
        "nothing": [],
        **{f"right-{state}": [(right, state)] for state in ("active", "unconfirmed")},
        "right-quarantined": [(right, "quarantined")],
        **{
            f"host-{state}": [(FORMER_HOST.endpoint(page), state)]
            for state in ("active", "unconfirmed", "quarantined")
        },
        **{
            f"secret-{state}": [(FORMER_SECRET.endpoint(page), state)]
            for state in ("active", "unconfirmed", "quarantined")
        },
        **{
            f"credentials-{state}": [(FORMER_CREDENTIALS.endpoint(page), state)]
            for state in ("active", "unconfirmed", "quarantined")
        },
        "old-style": [(f"{BASE}/integration/webhook", "active")],
        "twins": [(right, "quarantined"), (turned(right), "active")],
        "everything": [
            (right, "unconfirmed"),
            (turned(right), "quarantined"),
            (FORMER_HOST.endpoint(page), "active"),
            (f"{BASE}/integration/webhook/", "quarantined"),
        ],
    }


@dataclass
class Server:
    """A running server and its key."""

    address: str
    key: str
    database: Path
    http: httpx.Client

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Ask the manage API."""
        answer = self.http.request(
            method,
            f"{self.address}/v1/pages{path}",
            headers={"Authorization": f"OAuth {self.key}"},
            json=body or None,
        )
        answer.raise_for_status()
        return answer.json()

    def subscribe(self, page: str, endpoint: str, state: str) -> str:
        """Add a subscriber in a state; only ten failed deliveries would make a quarantine."""
        asked = {
            "endpoint": endpoint,
            "skip_confirmation_notification": state != "unconfirmed",
        }
        made = str(self.call("POST", f"/{page}/subscribers", subscriber=asked)["id"])
        if state == "quarantined":
            with sqlite3.connect(self.database, timeout=10) as database:
                database.execute(
                    "UPDATE subscribers SET quarantined_at = created_at WHERE id = ?", (made,)
                )
        return made

    def webhooks(self, page: str, state: str = "all") -> list[Any]:
        """Return a page's webhook subscribers."""
        found = self.call("GET", f"/{page}/subscribers?type=webhook&state={state}")
        assert isinstance(found, list)
        return found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The server of this repository, with a page for each beginning."""
    if not SERVER.exists():
        # The integration also stands alone, without a server beside it; `make test` sets it up.
        pytest.skip("the server is not installed beside this integration (make -C server install)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pages = [
        {
            "title": name,
            "token": f"{number:064d}",
            "groups": {"Web": [{"name": "Shop", "id": f"shop{number}"}]},
        }
        for number, name in enumerate(beginnings(""))
    ]
    config = {
        "server": {
            "host": "127.0.0.1",
            "port": port,
            "rate_limit": 0,
            "webhooks": {"require_confirmation": True},
        },
        "statuspage": pages[0],
        "pages": {str(page["title"]): page for page in pages[1:]},
    }
    file = tmp_path / "config.yml"
    file.write_text(json.dumps(config))
    with (
        httpx.Client() as http,
        (tmp_path / "server.log").open("w") as log,
        subprocess.Popen([SERVER, file], stdout=log, stderr=log) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            assert eventually(lambda: healthy(http, address)), (tmp_path / "server.log").read_text()
            made = subprocess.run(
                [SERVER, "key", "create", "keeper", "--config", file],
                capture_output=True,
                text=True,
                check=True,
            )
            yield Server(address, made.stdout.split()[-1], tmp_path / "statuspage.db", http)
        finally:
            process.terminate()
            process.wait(timeout=30)


def healthy(http: httpx.Client, address: str) -> bool:
    """Tell whether the server answers."""
    try:
        return http.get(f"{address}/health").is_success
    except httpx.TransportError:
        return False


def test_two_starts_from_every_beginning_leave_one_subscription_on_each_page(
    server: Server, port: PortMockResponder, tmp_path: Path
) -> None:
    pages = {page["name"]: page["id"] for page in server.call("GET", "")}
    foreign = {}
    for name, page in pages.items():
        for endpoint, state in beginnings(page)[name]:
            server.subscribe(page, endpoint, state)
        foreign[page] = server.subscribe(page, STAGING.endpoint(page), "quarantined")

    after = []
    for run in ("first", "second"):
        log = tmp_path / f"{run}.log"
        with served_port(port) as port_address:
            program = Program(port_address, server.address)
            program.environment[f"{PREFIX}STATUSPAGE_API_KEY"] = server.key
            with program.sailing(log, **LIVE):
                assert eventually(lambda: "Webhook subscriptions: " in log.read_text())  # noqa: B023
        assert CLIENT_SECRET not in log.read_text()
        assert "token=" not in log.read_text()
        after.append({page: server.webhooks(page) for page in pages.values()})

    assert set(pages) == set(beginnings(""))
    for name, page in pages.items():
        left = [one for one in after[0][page] if one["id"] != foreign[page]]
        assert [one["endpoint"] for one in left] in (
            [OURS.endpoint(page)],
            [turned(OURS.endpoint(page))],
        ), name
        assert left[0]["quarantined_at"] is None
        assert [one["id"] for one in server.webhooks(page, "quarantined")] == [foreign[page]]
        unconfirmed = server.webhooks(page, "unconfirmed")
        assert len(unconfirmed) == (name == "right-unconfirmed"), name
    assert after[0] == after[1]

    ended = program.end(*UNSUBSCRIBE)

    assert ended.returncode == 0
    for page in pages.values():
        assert [one["id"] for one in server.webhooks(page)] == [foreign[page]]
