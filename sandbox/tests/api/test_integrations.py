"""What Ocean tells about itself: settings, resyncs, cursors, examples, logs, metrics."""

import json

import pytest

from tests.api_client import ApiClient, Document

PATH = "/v1/integration/my-statuspage"


@pytest.fixture(autouse=True)
async def integration(api: ApiClient) -> Document:
    await api.ask("GET", f"{PATH}?oceanCoreVersion=0.55.4&isPolling=false", status=404)
    sent = {
        "installationId": "my-statuspage",
        "installationAppType": "statuspage",
        "version": "1.0.0",
        "changelogDestination": {},
        "config": {"resources": []},
    }
    answer = await api.ask("POST", "/v1/integration", sent, status=201)
    found: Document = answer["integration"]
    return found


async def test_an_integration_learns_where_to_send_its_logs(integration: Document) -> None:
    for name in ("logAttributes", "metricAttributes", "ingestAttributes"):
        assert integration[name]["ingestUrl"].startswith("http://sandbox/ingest/my-statuspage/")


async def test_ocean_works_in_its_classic_way(api: ApiClient) -> None:
    answer = await api.ask("GET", "/v1/organization")
    assert answer["organization"]["featureFlags"] == []
    assert (await api.ask("GET", "/v1/integration/provision-enabled"))["integrations"] == []


async def test_an_empty_change_asks_for_a_resync(api: ApiClient) -> None:
    assert (await api.ask("GET", f"{PATH}/resync-request"))["request"] == {}
    await api.ask("PATCH", PATH, {"version": "1.0.1"})
    assert (await api.ask("GET", f"{PATH}/resync-request"))["request"] == {}
    await api.ask("PATCH", PATH)
    first = (await api.ask("GET", f"{PATH}/resync-request"))["request"]
    assert first["updatedAt"] == "2026-11-21T12:00:00.000Z"


async def test_a_new_mapping_asks_for_a_resync_unless_told_not_to(api: ApiClient) -> None:
    skip = {"x-skip-resync": "true"}
    await api.ask("PATCH", f"{PATH}/config", {"config": {}}, headers=skip)
    assert (await api.ask("GET", f"{PATH}/resync-request"))["request"] == {}
    await api.ask("PATCH", f"{PATH}/config", {"config": {}})
    assert (await api.ask("GET", f"{PATH}/resync-request"))["request"]


async def test_the_state_of_a_resync(api: ApiClient) -> None:
    answer = await api.ask("PATCH", f"{PATH}/resync-state", {"status": "running"})
    assert answer["integration"]["resyncState"]["updatedAt"] == "2026-11-21T12:00:00.000Z"
    assert (await api.ask("GET", "/pulse"))["running"] is True
    await api.ask("PATCH", f"{PATH}/resync-state", {"status": "completed"})
    assert (await api.ask("GET", "/pulse"))["running"] is False
    await api.ask("PATCH", f"{PATH}/resync-state", {"status": "asleep"}, status=422)


async def test_a_cursor_is_made_and_moved(api: ApiClient) -> None:
    path = f"{PATH}/cursor?kind=incident&index=1"
    at = {"primary": "2026-11-21T10:00:00.123456+00:00"}
    assert (await api.ask("GET", path))["cursor"] is None
    await api.ask("PUT", path, at, status=404)
    await api.ask("POST", path, at, status=201)
    assert (await api.ask("GET", path))["cursor"] == at
    await api.ask("PUT", path, {"primary": "2026-11-22T10:00:00Z"})
    assert (await api.ask("GET", path))["cursor"] == {"primary": "2026-11-22T10:00:00Z"}
    await api.ask("PUT", path, {"primary": "now"}, status=422)
    assert (await api.ask("GET", path.replace("=1", "=2")))["cursor"] is None


async def test_examples_of_a_kind(api: ApiClient) -> None:
    await api.ask("POST", f"{PATH}/kinds/incident/examples", {"examples": [{"id": 1}]})
    kinds = (await api.ask("GET", f"{PATH}/kinds"))["data"]
    assert kinds["incident"]["examples"][0]["data"] == {"id": 1}
    await api.ask("POST", f"{PATH}/kinds/incident/examples", {}, status=422)


async def test_logs(api: ApiClient) -> None:
    lines = [
        {"level": level, "message": f"<{level}> \ud83d", "timestamp": "2026-11-21T12:00:00Z"}
        for level in ("INFO", "ERROR")
    ]
    sent = await api.client.post("/ingest/my-statuspage/logs", content=json.dumps({"logs": lines}))
    assert sent.status_code == 200
    found = (await api.ask("GET", f"{PATH}/logs?level=error"))["data"]
    assert [line["level"] for line in found] == ["ERROR"]
    text = await api.page("/logs?level=INFO")
    assert "&lt;INFO&gt;" in text
    assert "&lt;ERROR&gt;" not in text
    assert "&lt;ERROR&gt;" in await api.page("/logs")


async def test_heartbeats_are_heard(api: ApiClient) -> None:
    await api.ask("POST", "/ingest/my-statuspage/metrics/heartbeat", {"eventId": "e"})


async def test_what_kinds_brought_is_shown_with_the_resync(api: ApiClient) -> None:
    phases = {
        "extract": {"object_count_type": {"raw_extracted": {"object_count": 61.0}}},
        "load": {"object_count_type": {"loaded": {"object_count": 59.0}}},
        "resync": {"duration_seconds": 90.5},
    }
    row = {
        "kind": "incident",
        "kindIdentifier": "incident-0",
        "eventId": "e",
        "syncState": "completed",
        "metrics": {"phase": phases},
    }
    base = "/ingest/my-statuspage/metrics/syncMetrics"
    await api.ask("PATCH", f"{PATH}/resync-state", {"status": "running"})
    pending = {**row, "syncState": "pending", "metrics": {}}
    await api.ask("POST", base, {"syncKindsMetrics": [pending]})
    await api.ask("PUT", f"{base}/resync/e/kind/incident-0", {"syncKindMetrics": row})
    await api.ask("PUT", f"{base}/resync/e/kind/x", {}, status=422)
    api.clock.move(seconds=125)
    text = await api.page("/resyncs")
    for word in ("running", "incident", "> 61<", "> 59<", "1 min 30 s", "2 min 5 s"):
        assert word in text, word
    # It was killed: the next one begins, and nobody ended this one.
    await api.ask("PATCH", f"{PATH}/resync-state", {"status": "running"})
    assert "aborted" in await api.page("/resyncs")


async def test_an_integration_can_be_forgotten(api: ApiClient) -> None:
    assert len((await api.ask("GET", "/v1/integration"))["integrations"]) == 1
    await api.ask("DELETE", PATH)
    await api.ask("GET", PATH, status=404)
