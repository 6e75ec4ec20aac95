"""The command, in a process of its own."""

import signal
import time
from pathlib import Path

import httpx
from program import started
from real_server import PAGE, RealServer

TOKEN = {"Authorization": "Bearer am-token"}
FIRING = {
    "status": "firing",
    "labels": {"alertname": "Errors", "statuspage_component": "API"},
    "startsAt": "2026-03-01T11:50:00Z",
    "fingerprint": "f1",
}


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


def test_it_runs_with_the_settings_of_a_file(server: RealServer, tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text(
        f"""\
page: {PAGE}
key: ${{STATUSPAGE_KEY}}
host: {server.address}
sources:
  - {{type: alertmanager, name: other, token: am-token}}
rules:
  - when: {{labels: {{team: shop}}}}
    template: shop
templates:
  shop: {{name: "The shop is closed: {{{{ component_name }}}}"}}
"""
    )
    alert = FIRING | {"labels": {"statuspage_component": "API", "team": "shop"}}
    with started(server, file) as (address, _):
        answer = httpx.post(
            f"{address}/alertmanager/other", json={"alerts": [alert]}, headers=TOKEN, timeout=20
        )
        assert answer.json() == ["Performed sync"]

    assert server.incident()["name"] == "The shop is closed: API"
