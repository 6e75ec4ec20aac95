"""The webhook's address over real HTTP: who gets in, and that no line tells what proves it."""

import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from port_ocean.integration_testing.port_mock import PortMockResponder

from subscriptions.endpoint import token
from tests.account import Account
from tests.live_events import notifications

from .catalog import Catalog
from .conftest import mapping_of
from .program import CLIENT_SECRET, Program, eventually

LIVE = {
    "OCEAN__BASE_URL": "https://ocean.acme.test",
    # Every line goes to Port too, with all fields that Ocean adds.
    "APPLICATION__ENABLE_HTTP_LOGGING": "true",
    "OCEAN__EVENTS_DEBUG_LOGGING": "true",
}
INCIDENT = "statuspageIncident"


@pytest.fixture
def port() -> Catalog:
    catalog = Catalog(mapping_of())
    catalog.transport.add_route("POST", "/ingest", {"json": {}})
    return catalog


def shipped(port: PortMockResponder) -> str:
    """Return all lines that were sent to Port."""
    return "".join(call.request.content.decode() for call in port.transport.calls_for("/ingest"))


def answer_without_body(address: str) -> str:
    """Announce a body and send none of it; return the first line of the answer."""
    url = urlsplit(address)
    head = (
        f"POST {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
    )
    with socket.create_connection((url.hostname, url.port), timeout=20) as caller:
        caller.sendall(head.encode())
        return caller.recv(4096).decode().splitlines()[0]


def about(incident: dict[str, Any], **changes: str) -> dict[str, Any]:
    named = {"page_id": incident["page_id"], "incident_id": incident["id"]}
    return notifications.incident(**(named | {"status": incident["status"]} | changes))


def test_only_the_page_s_token_lets_in_and_nothing_that_proves_it_is_told_to_anybody(
    program: Program, account: Account, port: Catalog, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    page = account.add_page(viewers_must_be_team_members=True)
    other = account.add_page(viewers_must_be_team_members=True)
    incident = account.add_incident(page, status="investigating")
    page_id, other_id = page.raw["id"], other.raw["id"]
    right, others = token(CLIENT_SECRET, page_id), token(CLIENT_SECRET, other_id)
    query = f"integration=x&page={page_id}&token={right}"

    with program.sailing(log, "--log-level", "DEBUG", **LIVE) as ocean:
        address = f"{ocean.address()}/integration/webhook"
        assert eventually(lambda: incident["id"] in port.ids(INCIDENT))
        assert eventually(lambda: "Webhook subscriptions: 2 active" in log.read_text())
        incident["status"] = "resolved"
        spent = len(account.counted)
        refused = [
            "",
            f"?page={page_id}",
            f"?page={page_id}&token=",
            f"?page={page_id}&token={others}",
            f"?page={other_id}&token={right}",
            f"?{query}&token={others}",
            f"?{query}{'&x=1' * 100}",
            f"?page={page_id}&token=%ff{right}",
        ]
        for wrong in refused:
            answer = answer_without_body(f"{address}{wrong}")
            assert answer.startswith("HTTP/1.1 401"), wrong
        # What has a token of its page and is no notification about it ends here.
        assert httpx.get(f"{address}?{query}").status_code == 405
        assert httpx.post(f"{address}/?{query}", json=about(incident)).status_code == 307
        for body in (b"{", json.dumps(about(incident, page_id=other_id)).encode()):
            assert httpx.post(f"{address}?{query}", content=body).status_code in (200, 400)
        of_other = f"{address}?page={other_id}&token={others}"
        assert httpx.post(of_other, json=about(incident)).status_code == 200
        httpx.post(f"{address}?{query}", json=notifications.incident(page_id=page_id)).read()
        assert eventually(lambda: len(account.counted) > spent)
        told = [one for one in account.counted[spent:] if incident["id"] in one]
        assert told == []
        assert port.properties(INCIDENT, incident["id"])["status"] == "investigating"

        assert httpx.post(f"{address}?{query}", json=about(incident)).status_code == 200
        assert eventually(lambda: port.properties(INCIDENT, incident["id"])["status"] == "resolved")

    assert '"POST /integration/webhook HTTP/1.1" 401' in log.read_text()
    assert '"POST /integration/webhook HTTP/1.1" 200' in log.read_text()
    refusals = "Webhook requests were refused, since their address lacks its token (1)"
    assert shipped(port).count("since their address lacks its token") == 1
    assert refusals in shipped(port)
    for output in (log.read_text(), shipped(port)):
        for unsaid in (CLIENT_SECRET, right, others, "token=", f"page={page_id}", "integration="):
            assert unsaid not in output
