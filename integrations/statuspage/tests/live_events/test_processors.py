"""What Ocean asks of a processor, answered for whatever comes in."""

import asyncio
import json
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.handlers.webhook.webhook_event import WebhookEvent, WebhookRequestAdapter
from starlette.requests import Request

from kinds import ObjectKind
from live_events.budget import Guarded
from live_events.desk import Desk
from live_events.look import Found
from live_events.processors import ComponentProcessor, IncidentProcessor, Reception
from live_events.token import token
from resync.knowledge import Knowledge
from statuspage import StatuspageClient
from tests.account import Account

from . import notifications
from .conftest import SECRET
from .notifications import INCIDENT, PAGE
from .test_hints import ANY_JSON, NEARLY

type Processor = IncidentProcessor | ComponentProcessor

# No processor looks at the mapping: the desk goes through all of it.
BLOCK = cast("ResourceConfig", None)
TOKEN = token(SECRET, PAGE)


class Desks:
    """A desk, and what it published."""

    def __init__(self, client: StatuspageClient) -> None:
        self.published: list[Found] = []
        self.desk = Desk(client, Knowledge(), self._publish, Guarded(60), [PAGE])

    async def _publish(self, found: Found) -> None:
        self.published.append(found)

    def processor(
        self,
        payload: object,
        request: object = None,
        *,
        secret: str | None = None,
        from_stream: bool = False,
        of: type[Processor] = IncidentProcessor,
    ) -> Processor:
        """Return a processor as Ocean makes it, with an event of its own."""
        reception = Reception(lambda: self.desk, secret, from_stream)
        made = type(of.__name__, (of,), {"reception": reception})
        return cast("Processor", made(event(payload, request)))


def event(payload: object, request: object = None) -> WebhookEvent:
    """Return an event as Ocean makes it of a request or of a message."""
    return WebhookEvent("trace", cast("Any", payload), {}, cast("Any", request))


def request(query: str = "") -> Request:
    """Return a request to our address."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/integration/webhook",
        "query_string": query.encode(),
        "headers": [],
    }
    return Request(scope)


def message(payload: object) -> WebhookRequestAdapter:
    """Return what Ocean makes of a message of Port's stream."""
    return WebhookRequestAdapter(json.dumps(payload).encode(), {})


@pytest.fixture
def desks(client: StatuspageClient) -> Desks:
    return Desks(client)


async def test_an_incident_is_for_one_processor_and_a_component_for_the_other(
    desks: Desks,
) -> None:
    for payload, answers in (
        (notifications.incident(), [True, False]),
        (notifications.component(), [False, True]),
    ):
        assert [
            await desks.processor(payload, of=of).should_process_event(event(payload))
            for of in (IncidentProcessor, ComponentProcessor)
        ] == answers


async def test_an_event_of_another_page_is_for_nobody(desks: Desks) -> None:
    payload = notifications.incident(page_id="unserved")

    assert not await desks.processor(payload).should_process_event(event(payload))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=ANY_JSON | NEARLY)
def test_any_json_is_survived(desks: Desks, payload: object) -> None:
    for of in (IncidentProcessor, ComponentProcessor):
        processor = desks.processor(payload, request(), secret=SECRET, of=of)
        taken = asyncio.run(processor.should_process_event(event(payload)))

        assert taken in (True, False)
        assert not asyncio.run(processor.authenticate(cast("Any", payload), {}))
        assert asyncio.run(processor.validate_payload(cast("Any", payload))) in (True, False)


def nested(depth: int) -> object:
    """Return lists in lists."""
    inner: object = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    "payload",
    [
        nested(100_000),
        {"page": nested(100_000)},
        {"page": {"id": PAGE}, "incident": {"id": nested(10)}},
        {"page": {"id": "x" * 1_000_000}},
        notifications.incident(body="x" * 1_000_000),
        [notifications.incident()],
    ],
    ids=["deep", "deep inside", "an id of lists", "a long id", "a megabyte", "a list"],
)
async def test_deep_and_long_json_is_survived(desks: Desks, payload: object) -> None:
    taken = await desks.processor(payload).should_process_event(event(payload))

    assert taken == (isinstance(payload, dict) and "name" in payload.get("incident", {}))


async def test_an_incident_may_change_every_kind_and_a_component_all_but_incidents(
    desks: Desks,
) -> None:
    one = event(notifications.incident())
    matching = [
        await desks.processor(one.payload, of=of).get_matching_kinds(one)
        for of in (IncidentProcessor, ComponentProcessor)
    ]

    assert set(matching[0]) == set(ObjectKind)
    assert set(matching[1]) == set(ObjectKind) - {ObjectKind.INCIDENT, ObjectKind.INCIDENT_UPDATE}


async def test_without_a_secret_every_event_is_let_in(desks: Desks) -> None:
    payload = notifications.incident()

    assert await desks.processor(payload, request()).authenticate(payload, {})


async def test_with_a_secret_the_page_s_token_is_needed(desks: Desks) -> None:
    payload = notifications.incident()

    async def is_let_in(query: str) -> bool:
        return await desks.processor(payload, request(query), secret=SECRET).authenticate(
            payload, {}
        )

    assert await is_let_in(f"token={TOKEN}")
    assert await is_let_in(f"integration=abc&token={TOKEN}")
    for query in (
        "",
        "token=",
        "token=wrong",
        f"token={token(SECRET, 'otherpage')}",
        f"token={TOKEN}&token=wrong",
        f"other={TOKEN}",
    ):
        assert not await is_let_in(query)


@pytest.mark.parametrize("unseen", [None, object(), {"query_params": {"token": TOKEN}}])
async def test_with_a_secret_a_request_that_cannot_be_seen_is_refused(
    desks: Desks, unseen: object
) -> None:
    payload = notifications.incident()
    processor = desks.processor(payload, unseen, secret=SECRET)

    assert not await processor.authenticate(payload, {"token": TOKEN})


@pytest.mark.parametrize("from_stream", [True, False])
async def test_a_message_is_believed_only_where_port_s_stream_is_read(
    desks: Desks, *, from_stream: bool
) -> None:
    payload = notifications.incident()
    processor = desks.processor(payload, message(payload), secret=SECRET, from_stream=from_stream)

    assert await processor.authenticate(payload, {}) == from_stream


async def test_where_the_stream_is_read_a_request_still_needs_its_token(desks: Desks) -> None:
    payload = notifications.incident()
    processor = desks.processor(payload, request(), secret=SECRET, from_stream=True)

    assert not await processor.authenticate(payload, {})


async def test_an_event_is_noted_and_nothing_of_it_is_published(
    desks: Desks, account: Account
) -> None:
    page = account.add_page(id=PAGE)
    incident = account.add_incident(page, id=INCIDENT, name="What the API tells")
    payload = notifications.incident(name="What the webhook tells")

    results = await desks.processor(payload).handle_event(payload, BLOCK)

    assert (results.updated_raw_results, results.deleted_raw_results) == ([], [])
    assert account.counted == []
    await desks.processor(payload, from_stream=True).handle_event(payload, BLOCK)
    assert [found.incidents for found in desks.published] == [{INCIDENT: incident}]
    await desks.desk.close()


async def test_behind_a_stream_an_event_is_done_only_when_it_is_in_the_catalog(
    desks: Desks, account: Account
) -> None:
    account.add_incident(account.add_page(id=PAGE), id=INCIDENT)
    payload = notifications.incident()

    await desks.processor(payload, from_stream=True).handle_event(payload, BLOCK)

    assert len(desks.published) == 1
    await desks.desk.close()


async def test_what_has_no_id_is_not_valid(desks: Desks) -> None:
    assert not await desks.processor({}).validate_payload({})
    assert await desks.processor({}).validate_payload(notifications.incident())
