"""The bridge as AWS calls it: with payload 2.0 of a function URL, and with a schedule's event."""

import asyncio
import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from conftest import Running, Start
from real_server import RealServer
from strict_pagerduty import incident

from statuspage_bridge.aws_lambda import Handler, check_settings, create_handler
from statuspage_bridge.configuration.environment import read_environment
from statuspage_bridge.errors import StartError

SCHEDULED = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "123456789012",
    "time": "2026-03-01T12:00:00Z",
    "region": "eu-central-1",
    "resources": ["arn:aws:events:eu-central-1:123456789012:rule/bridge"],
    "detail": {},
}


def request(method: str, path: str, body: bytes = b"", **headers: str) -> dict[str, Any]:
    """Return what a function URL passes on; it encodes every body that is not plain text."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "content-type": "application/json",
            "host": "abc.lambda-url.eu-central-1.on.aws",
            "x-forwarded-for": "192.0.2.1",
            "x-forwarded-proto": "https",
            "x-forwarded-port": "443",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "abc",
            "domainName": "abc.lambda-url.eu-central-1.on.aws",
            "domainPrefix": "abc",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "PagerDuty-Webhook/V3.0",
            },
            "requestId": "4cd1e8ef",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Mar/2026:12:00:00 +0000",
            "timeEpoch": 1772366400000,
        },
        "body": b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def to_page(loop: asyncio.AbstractEventLoop) -> Iterator[httpx.AsyncHTTPTransport]:
    transport = httpx.AsyncHTTPTransport(verify=False)
    yield transport
    loop.run_until_complete(transport.aclose())


@pytest.fixture
def bridge(start: Start, to_page: httpx.AsyncHTTPTransport) -> Running:
    return start(to_page=to_page, PD_SECRET_HUGOPS="signing")


@pytest.fixture
def handle(bridge: Running, loop: asyncio.AbstractEventLoop) -> Handler:
    return create_handler(bridge.bridge, loop)


def acknowledged(secret: bytes = b"signing") -> dict[str, Any]:
    body = '{"event": {"event_type": "incident.acknowledged", "data": "\N{SNOWMAN}"}}'.encode()
    signature = "v1=" + hmac.new(secret, body, "sha256").hexdigest()
    return request("POST", "/hugops", body, x_pagerduty_signature=signature, x_webhook_id="w1")


def content(answer: Any) -> Any:
    return json.loads(answer["body"])


def test_it_says_hello(handle: Handler) -> None:
    answer = handle(request("GET", "/"), None)

    assert (answer["statusCode"], content(answer)) == (200, ["Hello from Pagerstatus"])


def test_a_webhook_is_acted_on_before_it_is_answered(
    handle: Handler, bridge: Running, server: RealServer
) -> None:
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    assert content(handle(acknowledged(), None)) == ["Performed sync"]

    assert server.incident()["name"] == "Errors in API"


def test_a_signature_is_over_the_body_that_was_sent(handle: Handler, server: RealServer) -> None:
    answer = handle(acknowledged(b"forged"), None)

    assert answer["statusCode"] in (401, 403)
    assert server.incidents() == []


def test_a_warm_container_goes_on_where_it_was(
    handle: Handler, bridge: Running, server: RealServer
) -> None:
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    handle(acknowledged(), None)

    assert content(handle(acknowledged(), None)) == ["No need to sync"]
    assert len(server.incidents()) == 1


def test_a_schedule_heals_what_a_lost_webhook_left(
    handle: Handler, bridge: Running, server: RealServer
) -> None:
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    handle(SCHEDULED, None)
    assert server.incident()["status"] == "investigating"

    bridge.sources.hugops.incidents = []
    told = handle(SCHEDULED, None)

    assert server.incident()["status"] == "resolved"
    assert told[0].startswith("resolve ")


def test_a_new_container_ends_what_another_has_opened(  # noqa: PLR0913, PLR0917 (fixtures)
    handle: Handler,
    bridge: Running,
    start: Start,
    to_page: httpx.AsyncHTTPTransport,
    loop: asyncio.AbstractEventLoop,
    server: RealServer,
) -> None:
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    handle(SCHEDULED, None)
    bridge.sources.hugops.incidents = []

    create_handler(start(to_page=to_page).bridge, loop)(SCHEDULED, None)

    assert server.incident()["status"] == "resolved"


SEED = {"PD_ACCOUNT_HUGOPS": "k1", "STATUSPAGE_PAGE": "p", "STATUSPAGE_KEY": "k2"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"STATE": "sqlite:///bridge.db"}, "STATE is set"),
        ({"RESOLVES_AFTER": "5m"}, "RESOLVES_AFTER is set"),
        ({"ALERTMANAGER_TOKEN_MAIN": "t"}, "alertmanager/main is set"),
    ],
)
def test_what_needs_to_remember_is_refused(changed: dict[str, str], sentence: str) -> None:
    check_settings(read_environment(SEED))

    with pytest.raises(StartError, match=sentence):
        check_settings(read_environment(SEED | changed))
