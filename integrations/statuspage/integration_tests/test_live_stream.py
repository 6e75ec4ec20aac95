"""Live events where Port hosts the integration: they come by Port's stream in Redis."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from redis import Redis

from tests.account import Account
from tests.live_events import notifications
from tests.redis_server import RedisServer

from .catalog import Catalog
from .conftest import mapping_of
from .program import Program, eventually

UUID = "0b54f2d6-6a0e-4c53-9c5c-6b1a3c9b9b11"
STREAM = f"{UUID}/live-events/raw/event-stream"
GROUP = "statuspage.test-integration"
INCIDENT = "statuspageIncident"
UPDATE = "statuspageIncidentUpdate"


# Ocean looks after messages that a process left behind; by default after ten minutes.
SOON = {
    "OCEAN__LIVE_EVENTS__REDIS__PEL_STUCK_TIMEOUT_SECONDS": "1",
    "OCEAN__LIVE_EVENTS__REDIS__STREAM_MAINTENANCE_SCAN_INTERVAL_SECONDS": "0.2",
}


class Stream:
    """Port's side of the stream, and a look at what was acknowledged."""

    def __init__(self, server: RedisServer) -> None:
        self._redis = Redis.from_url(server.url, decode_responses=True)
        self.settings = {
            "OCEAN__BASE_URL": f"https://ingest.acme.test/live-events/{UUID}",
            "OCEAN__LIVE_EVENTS__IS_REDIS_STREAM_CONSUMER_ENABLED": "true",
            "OCEAN__LIVE_EVENTS__REDIS__URL": server.url,
            "OCEAN__LIVE_EVENTS__REDIS__BLOCK_MS": "100",
        }

    def add(self, payload: object, /, **fields: str) -> None:
        """Add a message as Port does."""
        message = {
            "eventId": "b6b7c1f8-0f0e-4f4b-a8a2-3a0d7f5a1c55",
            "webhookPath": f"/live-events/{UUID}/integration/webhook",
            "payload": json.dumps(payload),
            "headers": json.dumps({"Content-Type": "application/json"}),
            "queuedAt": "1789376400000000000",
        }
        self._redis.xadd(STREAM, cast("Any", message | fields))

    def is_read(self) -> bool:
        """Tell whether the integration has begun to read."""
        return bool(self._redis.exists(STREAM)) and bool(self._groups())

    def unacknowledged(self) -> int:
        """Return how many messages were handed out and not acknowledged."""
        return int(self._groups()[0]["pending"])

    def is_done(self) -> bool:
        """Tell whether all messages were handed out and acknowledged."""
        [group] = self._groups()
        return not group["pending"] and not group["lag"]

    def _groups(self) -> list[dict[str, Any]]:
        return self._redis.xinfo_groups(STREAM)

    def close(self) -> None:
        """Let go of the server."""
        self._redis.close()


@pytest.fixture
def stream() -> Iterator[Stream]:
    server = RedisServer()
    made = Stream(server)
    yield made
    made.close()
    server.stop()


@pytest.fixture
def port() -> Catalog:
    return Catalog(mapping_of())


@pytest.fixture
def incident(account: Account) -> dict[str, Any]:
    """An open incident of a page without a public view."""
    page = account.add_page(viewers_must_be_team_members=True)
    return account.add_incident(page, status="investigating")


def event_of(incident: dict[str, Any]) -> dict[str, Any]:
    return notifications.incident(
        page_id=incident["page_id"], incident_id=incident["id"], status=incident["status"]
    )


def arrived(port: Catalog, incident: dict[str, Any]) -> Callable[[], bool]:
    """Return whether the catalog tells of an incident and its updates what Statuspage tells."""

    def told() -> bool:
        return (
            incident["id"] in port.ids(INCIDENT)
            and port.properties(INCIDENT, incident["id"])["status"] == incident["status"]
            and {one["id"] for one in incident["incident_updates"]} <= port.ids(UPDATE)
        )

    return told


def test_an_event_of_the_stream_arrives_though_nobody_sees_its_address(
    program: Program, port: Catalog, stream: Stream, incident: dict[str, Any], tmp_path: Path
) -> None:
    with program.sailing(tmp_path / "log", **stream.settings):
        assert eventually(arrived(port, incident))
        assert eventually(stream.is_read)

        incident["status"] = "resolved"
        stream.add(event_of(incident))

        assert eventually(arrived(port, incident))
        assert eventually(stream.is_done)


def test_a_message_that_is_no_event_is_taken_off_and_stops_nothing(
    program: Program, port: Catalog, stream: Stream, incident: dict[str, Any], tmp_path: Path
) -> None:
    with program.sailing(tmp_path / "log", **stream.settings):
        assert eventually(arrived(port, incident))
        assert eventually(stream.is_read)
        before = dict(port.entities)

        payloads: list[object] = [[], None, "text", 12, {}, {"page": []}, [event_of(incident)]]
        for payload in payloads:
            stream.add(payload)
        stream.add({}, payload="{")
        stream.add({}, payload="[" * 100_000)
        stream.add(event_of(incident), webhookPath="/integration/other")
        assert eventually(stream.is_done)
        assert port.entities == before
        incident["status"] = "resolved"
        stream.add(event_of(incident))

        assert eventually(arrived(port, incident))


def test_a_message_is_acknowledged_only_when_its_change_is_in_the_catalog(
    program: Program,
    account: Account,
    port: Catalog,
    stream: Stream,
    incident: dict[str, Any],
    tmp_path: Path,
) -> None:
    go_on = threading.Event()

    def held(request: httpx.Request) -> httpx.Response:
        assert go_on.wait(30)
        return httpx.Response(200, json=incident)

    with program.sailing(tmp_path / "log", **stream.settings):
        assert eventually(arrived(port, incident))
        assert eventually(stream.is_read)
        account.fail(f"/incidents/{incident['id']}$", held)
        incident["status"] = "resolved"
        stream.add(event_of(incident))

        asked = f"/v1/pages/{incident['page_id']}/incidents/{incident['id']}"
        assert eventually(lambda: asked in account.counted)
        assert stream.unacknowledged() == 1
        go_on.set()

        assert eventually(stream.is_done)
        assert arrived(port, incident)()


def test_what_a_killed_process_was_about_to_do_the_next_one_does(
    program: Program,
    account: Account,
    port: Catalog,
    stream: Stream,
    incident: dict[str, Any],
    tmp_path: Path,
) -> None:
    asked = f"/v1/pages/{incident['page_id']}/incidents/{incident['id']}"
    with program.sailing(tmp_path / "log", **stream.settings) as ocean:
        assert eventually(arrived(port, incident))
        assert eventually(stream.is_read)
        account.fail(f"/incidents/{incident['id']}$", 503)
        incident["status"] = "resolved"
        stream.add(event_of(incident))
        assert eventually(lambda: asked in account.counted)
        ocean.crash()
    assert stream.unacknowledged() == 1

    account.heal()
    spent = account.counted.count(asked)
    with program.sailing(tmp_path / "log", **stream.settings, **SOON):
        # The start's resync brings the change too. That the message was read again is told by
        # the request for its incident alone.
        assert eventually(lambda: account.counted.count(asked) > spent)
        assert eventually(stream.is_done)
        assert arrived(port, incident)()
