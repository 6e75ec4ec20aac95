"""Resyncs and live events, side by side, and the button that asks for a resync."""

import pytest

from port_sandbox.core.live_events import gathered
from port_sandbox.core.timestamps import formatted
from tests.api_client import NOON, OCEAN, ApiClient, Document

PATH = "/v1/integration/my-statuspage"


async def live(api: ApiClient, identifier: str, status: str) -> None:
    """Write as an integration does that has heard of something."""
    entity = {"identifier": identifier, "title": identifier, "properties": {"status": status}}
    await api.ask(
        "POST",
        "/v1/blueprints/component/entities/bulk",
        {"entities": [entity]},
        params={"upsert": "true", "merge": "true", "ocean_info_event_type": "http_request"},
        headers={"user-agent": OCEAN},
    )


async def test_live_events_are_listed_with_what_they_changed_the_newest_first(
    api: ApiClient,
) -> None:
    await api.blueprints()
    await api.write("component", {"identifier": "quiet", "title": "quiet"})
    assert "No live event has changed anything yet" in await api.page("/resyncs")
    await live(api, "web", "operational")
    await live(api, "mail", "operational")
    api.clock.move(seconds=5)
    await live(api, "mail", "operational")
    await live(api, "mail", "major_outage")
    text = await api.page("/resyncs")
    events = text.split('data-key="event-')[1:]
    assert len(events) == 2, "what changes nothing is none, what comes together is one"
    assert "mail" in events[0]
    assert "web" not in events[0]
    assert "web" in events[1]
    assert "mail" in events[1]
    assert "quiet" not in text, "it came by a resync"
    await api.ask(
        "DELETE",
        "/v1/blueprints/component/entities/web",
        params={"ocean_info_event_type": "http_request"},
    )
    assert "deleted" in await api.page("/resyncs")


def test_events_of_two_integrations_stay_apart() -> None:
    def change(number: int, by: str) -> Document:
        return {"id": number, "at": formatted(NOON), "by": by}

    found = gathered([change(3, "a"), change(2, "b"), change(1, "b")])
    assert [[one["id"] for one in event.changes] for event in found] == [[3], [2, 1]]


@pytest.fixture
async def integration(api: ApiClient) -> None:
    who = {"installationId": "my-statuspage", "installationAppType": "statuspage"}
    await api.ask("POST", "/v1/integration", who, status=201)


@pytest.mark.usefixtures("integration")
async def test_the_button_asks_for_a_resync_until_it_begins(api: ApiClient) -> None:
    assert "asked for at" not in await api.page("/resyncs")
    answer = await api.client.post("/resyncs", data={"integration": "my-statuspage"})
    assert answer.headers["location"] == "/resyncs"
    request = (await api.ask("GET", f"{PATH}/resync-request"))["request"]
    assert request["updatedAt"] == "2026-11-21T12:00:00.000Z"
    assert "asked for at" in await api.page("/resyncs")
    api.clock.move(seconds=3)
    await api.ask("PATCH", f"{PATH}/resync-state", {"status": "running"})
    assert "asked for at" not in await api.page("/resyncs")


@pytest.mark.usefixtures("integration")
async def test_a_page_from_elsewhere_asks_for_nothing(api: ApiClient) -> None:
    elsewhere = {"origin": "https://evil.example"}
    body = {"integration": "my-statuspage"}
    answer = await api.client.post("/resyncs", data=body, headers=elsewhere)
    assert answer.status_code == 403
    assert (await api.ask("GET", f"{PATH}/resync-request"))["request"] == {}
    gone = await api.client.post("/resyncs", data={"integration": "gone"})
    assert gone.status_code == 404
