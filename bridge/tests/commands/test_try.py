"""`statuspage-bridge try`: what an event would lead to. It runs as a process, as for a user."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from program import PROGRAM
from real_server import PAGE, RealServer

ROW = {
    "status": "firing",
    "labels": {"statuspage_component": "API", "severity": "critical"},
    "startsAt": "2026-03-01T11:50:00Z",
    "fingerprint": "f1",
}


def tried(
    server: RealServer, body: Any, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "ALERTMANAGER_TOKEN_MAIN": "am-token",
        "STATUSPAGE_PAGE": PAGE,
        "STATUSPAGE_KEY": server.key,
        "STATUSPAGE_HOST": server.address,
        **more,
    }
    return subprocess.run(
        [PROGRAM, "try", "-", *arguments],
        input=json.dumps(body),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["alertmanager", "main", "alertmanager/main"])
def test_it_tells_what_would_be_opened_and_opens_nothing(server: RealServer, name: str) -> None:
    outcome = tried(server, {"version": "4", "alerts": [ROW]}, "--source", name)

    assert outcome.stdout == "open API as major_outage: alertmanager/main f1 says major_outage.\n"
    assert server.incidents() == []


def test_an_incident_of_a_person_does_not_count(server: RealServer) -> None:
    id_ = server.open()

    outcome = tried(server, {"version": "4", "alerts": [ROW]}, "--source", "main")

    assert outcome.stdout.startswith("open API")
    assert server.incident()["id"] == id_


def test_offline_nothing_is_read(server: RealServer) -> None:
    row = ROW | {"labels": {"statuspage_component": "Anything"}}
    nowhere = {"STATUSPAGE_HOST": "http://127.0.0.1:1", "PD_ACCOUNT_HUGOPS": "k"}

    outcome = tried(
        server, {"version": "4", "alerts": [row]}, "--source", "main", "--offline", **nowhere
    )

    assert outcome.stdout.startswith("open Anything as partial_outage")
    assert outcome.stderr == ""


def test_an_event_that_changes_nothing_is_told(server: RealServer) -> None:
    row = ROW | {"labels": {"team": "shop"}}

    outcome = tried(server, {"version": "4", "alerts": [row]}, "--source", "main")

    assert outcome.stdout == "It leads to nothing: it names no component, or changes nothing.\n"


def test_what_cannot_be_is_told_in_a_sentence(server: RealServer, tmp_path: Path) -> None:
    body = {"version": "4", "alerts": [ROW]}

    unknown = tried(server, body, "--source", "datadog")
    malformed = tried(server, [], "--source", "main")
    unread = tried(server, body, "--source", "main", STATUSPAGE_KEY="wrong")

    assert unknown.stderr == "datadog is no source: --source can be alertmanager/main.\n"
    assert malformed.returncode == 1
    assert len(malformed.stderr.splitlines()) == 1
    assert unread.stderr.endswith("With --offline it is not needed.\n")
