"""The door lets in what brings news, and answers everything else itself."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from kinds import ObjectKind
from live_events.budget import Guarded
from live_events.desk import Desk
from live_events.door import MOST_BYTES, Door
from live_events.hints import hint_of
from live_events.look import Found
from live_events.pending import MOST_OF_A_SUBJECT
from live_events.processors import Reception
from live_events.refusals import EVERY
from live_events.token import token
from live_events.underway import LOST_AFTER
from resync.knowledge import Knowledge
from statuspage import StatuspageClient
from tests.account import Account

from . import notifications
from .conftest import SECRET
from .notifications import INCIDENT, PAGE

PATH = "/ocean/integration/webhook"


class Inside:
    """What is behind the door: keeps the bodies that came in."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        await send({"type": "http.response.start", "status": 202, "headers": []})
        await send({"type": "http.response.body", "body": b"inside"})


class Entrance:
    """A door with a desk behind it, and a caller in front."""

    def __init__(self, client: StatuspageClient, secret: str | None, *, is_open: bool) -> None:
        self.now = 0.0
        self.inside = Inside()
        self.published: list[Found] = []
        self.knowledge = Knowledge()
        self.desk = Desk(client, self.knowledge, self._publish, Guarded(60), [PAGE, "otherpage"])
        self.door = Door(
            self.inside,
            PATH,
            Reception(lambda: self.desk, secret),
            is_open=lambda: is_open,
            now=lambda: self.now,
        )
        self.caller = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.door), base_url="http://ocean.example.com"
        )

    async def _publish(self, found: Found) -> None:
        self.published.append(found)

    async def post(self, payload: object, query: str = "") -> httpx.Response:
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        return await self.caller.post(f"{PATH}{query}", content=content)


@pytest.fixture
def entrance(client: StatuspageClient) -> Entrance:
    return Entrance(client, secret=None, is_open=True)


@pytest.fixture
def guarded(client: StatuspageClient) -> Entrance:
    return Entrance(client, secret=SECRET, is_open=True)


async def test_an_event_comes_in_with_its_body_as_it_was_sent(entrance: Entrance) -> None:
    body = json.dumps(notifications.incident(name="Störung ☂")).encode()

    answer = await entrance.post(body)

    assert (answer.status_code, answer.text) == (202, "inside")
    assert entrance.inside.bodies == [body]


async def test_a_body_that_comes_in_pieces_comes_in_whole(entrance: Entrance) -> None:
    body = json.dumps(notifications.incident()).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for begin in range(0, len(body), 7):
            yield body[begin : begin + 7]

    await entrance.caller.post(PATH, content=pieces())

    assert entrance.inside.bodies == [body]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
async def test_other_methods_are_none_of_the_door_s_business(
    entrance: Entrance, method: str
) -> None:
    answer = await entrance.caller.request(method, PATH, content=b"anything")

    assert answer.status_code == 202
    assert entrance.inside.bodies == [b"anything"]


@pytest.mark.parametrize(
    "path", ["/integration/webhook", f"{PATH}/", f"{PATH}/more", "/ocean/health/live", "/"]
)
async def test_other_paths_are_none_of_the_door_s_business(entrance: Entrance, path: str) -> None:
    large = b"x" * (MOST_BYTES + 1)

    await entrance.caller.post(path, content=large)

    assert entrance.inside.bodies == [large]


async def test_a_body_of_another_path_is_not_read_at_the_door(entrance: Entrance) -> None:
    read: list[str] = []

    async def receive() -> Message:
        read.append("inside" if entrance.inside.bodies == [] else "after")
        return {"type": "http.request", "body": b"piece", "more_body": len(read) < 3}

    async def send(message: Message) -> None:
        """Take any answer."""

    scope = {"type": "http", "method": "POST", "path": "/other", "headers": []}
    await entrance.door(scope, receive, send)

    assert entrance.inside.bodies == [b"piece" * 3]


async def test_a_websocket_and_the_lifespan_go_through(client: StatuspageClient) -> None:
    seen: list[str] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        raise AssertionError("the door reads and sends nothing here")

    door = Door(inside, PATH, Reception(lambda: pytest.fail("no desk"), None), lambda: True)
    for kind in ("lifespan", "websocket"):
        await door({"type": kind, "path": PATH}, nothing, nothing)

    assert seen == ["lifespan", "websocket"]


NO_JSON = {
    "nothing": b"",
    "a text": b"hello",
    "half": b'{"page": {"id": ',
    "not utf-8": b'{"page": "\xff\xfe\xfa"}',
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "an endless number": b"1" * 100_000,
}


@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
async def test_what_is_no_json_is_a_bad_request(entrance: Entrance, body: bytes) -> None:
    answer = await entrance.post(body)

    assert answer.status_code == 400
    assert entrance.inside.bodies == []


NO_EVENT = {
    "a list": b"[1, 2]",
    "a text": b'"text"',
    "a number": b"1e400",
    "null": b"null",
    "not a number": b'{"page": {"id": NaN}}',
    "an empty object": b"{}",
    "utf-16": json.dumps({"page": []}).encode("utf-16"),
    "a megabyte": b'{"page": "' + b"x" * 1_000_000 + b'"}',
    "a nest": b"[" * 500 + b"]" * 500,
    "half a character": b'{"page": {"id": "\\ud800"}}',
}


@pytest.mark.parametrize("body", NO_EVENT.values(), ids=NO_EVENT)
async def test_what_is_no_event_is_answered_well_and_stays_outside(
    entrance: Entrance, body: bytes
) -> None:
    answer = await entrance.post(body)

    assert (answer.status_code, answer.text) == (200, "nothing new")
    assert entrance.inside.bodies == []


async def test_a_body_of_two_megabytes_comes_in_and_one_more_byte_does_not(
    entrance: Entrance,
) -> None:
    body = json.dumps(notifications.incident()).encode().ljust(MOST_BYTES)

    assert (await entrance.post(body)).status_code == 202
    assert (await entrance.post(body + b" ")).status_code == 413


async def test_of_an_endless_body_no_more_is_read_than_a_real_one_has(entrance: Entrance) -> None:
    pieces = 0
    answers: list[Message] = []

    async def receive() -> Message:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b"x" * 65_536, "more_body": True}

    async def send(message: Message) -> None:
        answers.append(message)

    await entrance.door(_scope(), receive, send)

    assert answers[0]["status"] == 413
    assert pieces == MOST_BYTES // 65_536 + 1


async def test_whoever_leaves_in_the_middle_is_not_answered(
    entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    messages: list[Message] = [
        {"type": "http.request", "body": b'{"page"', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        raise AssertionError("there is nobody to answer")

    await entrance.door(_scope(), receive, send)

    assert entrance.inside.bodies == []
    assert caplog.messages == []


async def test_behind_the_body_the_door_hands_on_what_comes(client: StatuspageClient) -> None:
    heard: list[str] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        heard.extend([(await receive())["type"], (await receive())["type"]])

    desk = Entrance(client, secret=None, is_open=True).desk
    messages: list[Message] = [
        {"type": "http.request", "body": json.dumps(notifications.incident()).encode()},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        """Take any answer."""

    await Door(inside, PATH, Reception(lambda: desk, None), lambda: True)(_scope(), receive, send)

    assert heard == ["http.request", "http.disconnect"]


async def test_with_a_secret_the_page_s_token_lets_in(guarded: Entrance) -> None:
    answer = await guarded.post(notifications.incident(), f"?token={token(SECRET, PAGE)}")

    assert answer.status_code == 202


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?token=",
        "?token=wrong",
        f"?token={token('another-webhook-secret', PAGE)}",
        f"?token={token(SECRET, 'otherpage')}",
        f"?token={token(SECRET, PAGE)[:-1]}",
        f"?token={token(SECRET, PAGE).upper()}",
        f"?token={token(SECRET, PAGE)}&token=wrong",
        f"?token={token(SECRET, PAGE)}&token=",
        f"?Token={token(SECRET, PAGE)}",
        "?token=%ff%00%ed%a0%80",
        "?" + "&".join(["token=wrong"] * 2000),
    ],
)
async def test_with_a_secret_any_other_token_is_refused(guarded: Entrance, query: str) -> None:
    answer = await guarded.post(notifications.incident(), query)

    assert answer.status_code == 401
    assert guarded.inside.bodies == []


async def test_a_stranger_does_not_learn_which_pages_are_served(guarded: Entrance) -> None:
    ours = await guarded.post(notifications.incident())
    another = await guarded.post(notifications.incident(page_id="unserved"))

    assert (ours.status_code, ours.text) == (another.status_code, another.text)


async def test_a_page_that_is_not_served_stays_outside(entrance: Entrance) -> None:
    answer = await entrance.post(notifications.incident(page_id="unserved"))

    assert (answer.status_code, answer.text) == (200, "nothing new")
    assert entrance.inside.bodies == []


async def test_what_is_known_already_stays_outside(entrance: Entrance) -> None:
    payload = notifications.incident()
    entrance.knowledge.newest.note(ObjectKind.INCIDENT, INCIDENT, payload["incident"], 0.0)

    answer = await entrance.post(payload)

    assert answer.status_code == 200
    assert entrance.inside.bodies == []


async def test_a_process_that_does_not_process_events_lets_nothing_in(
    client: StatuspageClient,
) -> None:
    entrance = Entrance(client, secret=None, is_open=False)

    answer = await entrance.post(notifications.incident())

    assert answer.status_code == 200
    assert entrance.inside.bodies == []


async def test_of_a_flood_about_one_object_one_event_comes_in_and_takes_the_rest_along(
    entrance: Entrance,
) -> None:
    for second in range(200):
        status = "resolved" if second % 2 else "investigating"
        await entrance.post(notifications.incident(status=status, updates=second))

    assert len(entrance.inside.bodies) == 1
    hint = hint_of(json.loads(entrance.inside.bodies[0]))
    assert hint is not None
    entrance.desk.note(hint)
    # What came last told something else, so the object is read whatever the first one told.
    assert not entrance.desk.needs(hint)


async def test_of_a_flood_of_made_up_ids_only_so_many_come_in(entrance: Entrance) -> None:
    for number in range(1000):
        await entrance.post(notifications.incident(incident_id=f"made-up-{number}"))
        await entrance.post(notifications.incident(page_id=f"page{number}"))

    assert len(entrance.inside.bodies) == MOST_OF_A_SUBJECT
    await entrance.post(notifications.component())
    await entrance.post(notifications.incident(page_id="otherpage"))
    assert len(entrance.inside.bodies) == MOST_OF_A_SUBJECT + 2


async def test_what_ocean_lost_on_the_way_may_come_in_again(client: StatuspageClient) -> None:
    entrance = Entrance(client, secret=None, is_open=True)
    await entrance.post(notifications.incident())
    await client.transport.clock.sleep(LOST_AFTER)

    await entrance.post(notifications.incident())

    assert len(entrance.inside.bodies) == 2


async def test_a_flood_of_refused_requests_is_a_line_a_minute_for_each_reason(
    guarded: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(100):
        await guarded.post(notifications.incident(), "?token=wrong")
        await guarded.post(b"no json")
    guarded.now += EVERY
    await guarded.post(notifications.incident(), "?token=wrong")

    assert caplog.messages == [
        "Webhook requests were refused: the address lacks its token (1)",
        "Webhook requests were refused: this is not JSON (1)",
        "Webhook requests were refused: the address lacks its token (100)",
    ]


async def test_forged_requests_cost_nothing_and_publish_nothing(
    guarded: Entrance, account: Account
) -> None:
    payloads: list[object] = [notifications.incident(), notifications.component(), [], None]
    for payload in payloads:
        await guarded.post(payload, "?token=wrong")

    assert account.counted == []
    assert guarded.published == []
    assert guarded.inside.bodies == []


def _scope() -> Scope:
    return {"type": "http", "method": "POST", "path": PATH, "query_string": b"", "headers": []}
