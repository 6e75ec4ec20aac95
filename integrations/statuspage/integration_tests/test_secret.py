"""The webhook's secret over real HTTP: who gets in, and that no line tells it or a token."""

from pathlib import Path

import httpx
import pytest
from port_ocean.integration_testing.port_mock import PortMockResponder

from live_events.token import token
from tests.account import Account
from tests.live_events import notifications

from .catalog import Catalog
from .conftest import mapping_of
from .program import PREFIX, Program, eventually

SECRET = "made-up-webhook-secret"
LIVE = {
    "OCEAN__BASE_URL": "https://ocean.example.com",
    f"{PREFIX}WEBHOOK_SECRET": SECRET,
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


def test_only_the_page_s_token_lets_in_and_neither_it_nor_the_secret_is_told_to_anybody(
    program: Program, account: Account, port: Catalog, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    page = account.add_page(viewers_must_be_team_members=True)
    incident = account.add_incident(page, status="investigating")
    page_id, incident_id = page.raw["id"], incident["id"]
    right, wrong = token(SECRET, page_id), token(SECRET, "otherpage")
    event = notifications.incident(page_id=page_id, incident_id=incident_id, status="resolved")

    with program.sailing(log, "--log-level", "DEBUG", **LIVE) as ocean:
        address = f"{ocean.address()}/integration/webhook"
        assert eventually(lambda: incident_id in port.ids(INCIDENT))
        assert eventually(lambda: "Webhook subscriptions: 1 active" in log.read_text())
        incident["status"] = "resolved"
        spent = len(account.counted)
        for query in ("", "?token=", f"?token={wrong}", f"?token={right}&token={wrong}"):
            assert httpx.post(f"{address}{query}", json=event).status_code == 401
        assert httpx.get(f"{address}?token={right}").status_code == 405
        assert httpx.post(f"{address}/?token={right}", json=event).status_code == 307
        assert httpx.post(f"{address}?token={right}", content=b"{").status_code == 400
        assert len(account.counted) == spent
        assert port.properties(INCIDENT, incident_id)["status"] == "investigating"

        assert httpx.post(f"{address}?integration=x&token={right}", json=event).status_code == 200
        assert eventually(lambda: port.properties(INCIDENT, incident_id)["status"] == "resolved")

    assert '"POST /integration/webhook HTTP/1.1" 401' in log.read_text()
    assert "Webhook requests were refused: the address lacks its token (1)" in shipped(port)
    for told in (log.read_text(), shipped(port)):
        for unsaid in (SECRET, right, wrong, "token="):
            assert unsaid not in told
