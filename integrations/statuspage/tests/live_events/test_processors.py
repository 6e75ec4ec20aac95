"""What Ocean asks of the processor, answered for whatever comes in."""

import asyncio
import json
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.handlers.webhook.webhook_event import WebhookEvent, WebhookRequestAdapter
from starlette.requests import Request

from kinds import ObjectKind
from live_events.middleware import PROVEN_PAGE
from live_events.notification import Notification
from live_events.processors import WebhookProcessor

from . import notifications
from .notifications import COMPONENT, INCIDENT, PAGE
from .test_notification import ANY_JSON, NEARLY

# The processor does not look at the mapping: the publisher goes through all of it.
BLOCK = cast("ResourceConfig", None)


class Receiving:
    """A queue that keeps what is put in, and deals with it when it is told to."""

    def __init__(self) -> None:
        self.put: list[Notification] = []
        self.futures: list[asyncio.Future[None]] = []

    def queue(self, notification: Notification) -> asyncio.Future[None]:
        self.put.append(notification)
        self.futures.append(asyncio.get_running_loop().create_future())
        return self.futures[-1]

    def processor(
        self, payload: object, request: object, *, from_stream: bool = False
    ) -> WebhookProcessor:
        """Return a processor as Ocean makes it, with an event of its own."""
        parts = {"put": staticmethod(self.queue), "from_stream": from_stream}
        made = type("Made", (WebhookProcessor,), parts)
        event = WebhookEvent("trace", cast("Any", payload), {}, cast("Any", request))
        return cast("WebhookProcessor", made(event))


def request(proven: str | None) -> Request:
    """Return a request as it passed the middleware."""
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    return Request(scope if proven is None else scope | {PROVEN_PAGE: proven})


@pytest.fixture
def receiving() -> Receiving:
    return Receiving()


async def handled(processor: WebhookProcessor) -> None:
    """Ask the processor what Ocean asks, for each kind of the mapping at the same time."""
    event, payload = processor.event, processor.event.payload
    assert await processor.should_process_event(event)
    assert await processor.get_matching_kinds(event) == list(ObjectKind)
    if await processor.authenticate(payload, {}) and await processor.validate_payload(payload):
        await asyncio.gather(*(processor.handle_event(payload, BLOCK) for _ in ObjectKind))


@pytest.mark.parametrize("payload", [notifications.incident(), notifications.component()])
async def test_a_webhook_is_queued_once_for_all_kinds(receiving: Receiving, payload: Any) -> None:
    await handled(receiving.processor(payload, request(PAGE)))

    assert [(one.page_id, one.id) for one in receiving.put] == [
        (PAGE, INCIDENT if "incident" in payload else COMPONENT)
    ]


@pytest.mark.parametrize("proven", [None, "otherpage"])
async def test_a_body_about_another_page_than_the_token_s_is_refused(
    receiving: Receiving, proven: str | None
) -> None:
    processor = receiving.processor(notifications.incident(), request(proven))

    assert not await processor.authenticate(processor.event.payload, {})


async def test_a_request_that_is_none_is_refused_outside_of_a_stream(receiving: Receiving) -> None:
    payload = notifications.incident()
    message = WebhookRequestAdapter(json.dumps(payload).encode(), {})

    assert not await receiving.processor(payload, message).authenticate(payload, {})
    assert not await receiving.processor(payload, None).authenticate(payload, {})


async def test_a_message_of_port_s_stream_is_taken_off_when_it_has_been_dealt_with(
    receiving: Receiving,
) -> None:
    payload = notifications.incident()
    message = WebhookRequestAdapter(json.dumps(payload).encode(), {})
    handling = asyncio.create_task(handled(receiving.processor(payload, message, from_stream=True)))
    await asyncio.sleep(1)
    assert not handling.done()

    receiving.futures[0].set_result(None)
    await handling


async def test_a_request_is_not_waited_for(receiving: Receiving) -> None:
    await asyncio.wait_for(handled(receiving.processor(notifications.incident(), request(PAGE))), 1)


@given(payload=ANY_JSON | NEARLY)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_else_comes_is_passed_over(payload: Any) -> None:
    receiving = Receiving()
    await handled(receiving.processor(payload, request("nopage")))

    assert receiving.put == [] or receiving.put[0].page_id == "nopage"
