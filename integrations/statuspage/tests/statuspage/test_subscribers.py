"""Webhook subscribers: the only thing that the library writes."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from statuspage import (
    Refused,
    ServerFailed,
    StatuspageClient,
    StatuspageError,
    Unreachable,
    UnusableAnswer,
)
from tests.fake_statuspage import HOST, FakeStatuspage, objects, ok
from tests.virtual_time import now

SUBSCRIBERS = "/v1/pages/abc/subscribers"
ENDPOINT = "https://hooks.example.com/integration/webhook?token=made-up"

type Write = Callable[[StatuspageClient], Awaitable[Any]]
WRITES: dict[str, Write] = {
    SUBSCRIBERS: lambda client: client.subscribe_webhook("abc", ENDPOINT, "ops@example.com"),
    f"{SUBSCRIBERS}/reactivate": lambda client: client.reactivate_subscribers("abc", ["def"]),
    f"{SUBSCRIBERS}/def": lambda client: client.unsubscribe("abc", "def"),
}
ALL_WRITES = pytest.mark.parametrize(("path", "write"), WRITES.items(), ids=list(WRITES))


def sent(fake: FakeStatuspage) -> Any:
    return json.loads(fake.requests[-1].content)


async def test_all_webhooks_of_a_page_are_read_whatever_their_state(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.lists(SUBSCRIBERS, objects(150))

    assert [one async for one in client.webhook_subscribers("abc")] == objects(150)
    assert fake.asked == [
        f"GET {SUBSCRIBERS}?type=webhook&state=all&page={page}&limit=100" for page in (0, 1)
    ]


async def test_unconfirmed_webhooks_are_a_list_of_their_own(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.lists(SUBSCRIBERS, objects(1))

    assert [one async for one in client.unconfirmed_webhooks("abc")] == objects(1)
    assert fake.asked == [f"GET {SUBSCRIBERS}?type=webhook&state=unconfirmed&page=0&limit=100"]


@pytest.mark.parametrize("email", ["ops@example.com", None])
async def test_a_webhook_subscribes_with_its_contact_and_wants_no_confirmation(
    fake: FakeStatuspage, client: StatuspageClient, email: str | None
) -> None:
    fake.answers(SUBSCRIBERS, httpx.Response(201, json={"id": "def"}))

    assert await client.subscribe_webhook("abc", ENDPOINT, email) == {"id": "def"}
    assert fake.asked == [f"POST {SUBSCRIBERS}"]
    assert sent(fake) == {
        "subscriber": {"endpoint": ENDPOINT, "skip_confirmation_notification": True}
        | ({"email": email} if email else {})
    }


@pytest.mark.parametrize("answer", [httpx.Response(201), httpx.Response(201, json={})])
async def test_subscribers_are_reactivated_by_their_ids(
    fake: FakeStatuspage, client: StatuspageClient, answer: httpx.Response
) -> None:
    fake.answers(f"{SUBSCRIBERS}/reactivate", answer)

    await client.reactivate_subscribers("abc", ["def", "ghi"])

    assert fake.asked == [f"POST {SUBSCRIBERS}/reactivate"]
    assert sent(fake) == {"subscribers": ["def", "ghi"]}


@pytest.mark.parametrize(
    "answer", [ok({"id": "def"}), httpx.Response(204), httpx.Response(404)], ids=str
)
async def test_a_subscriber_is_removed_without_a_message_to_it_or_was_gone(
    fake: FakeStatuspage, client: StatuspageClient, answer: httpx.Response
) -> None:
    fake.answers(f"{SUBSCRIBERS}/def", answer)

    await client.unsubscribe("abc", "def")

    assert fake.asked == [f"DELETE {SUBSCRIBERS}/def?skip_unsubscription_notification=true"]


@ALL_WRITES
@pytest.mark.parametrize(
    "passing",
    [httpx.Response(420), httpx.Response(429), httpx.ConnectError("refused")],
    ids=str,
)
async def test_a_write_is_sent_again_where_it_had_no_effect(
    fake: FakeStatuspage, client: StatuspageClient, path: str, write: Write, passing: Any
) -> None:
    fake.answers(path, passing, ok({"id": "def"}))
    begin = now()

    await write(client)

    assert len(fake.requests) == 2
    assert now() > begin


@ALL_WRITES
@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.Response(500), ServerFailed),
        (httpx.Response(503, headers={"Retry-After": "1"}), ServerFailed),
        (httpx.ReadTimeout("slow"), Unreachable),
        (httpx.Response(200, html="<html>"), UnusableAnswer),
        (httpx.Response(422), Refused),
    ],
    ids=str,
)
async def test_a_write_that_may_have_had_an_effect_is_sent_once(
    fake: FakeStatuspage,
    client: StatuspageClient,
    path: str,
    write: Write,
    failure: Any,
    kind: type[StatuspageError],
) -> None:
    fake.answers(path, failure)

    with pytest.raises(kind):
        await write(client)

    assert len(fake.requests) == 1


@ALL_WRITES
async def test_every_write_counts_against_the_quota(
    fake: FakeStatuspage, client: StatuspageClient, path: str, write: Write
) -> None:
    fake.answers(path, ok({"id": "def"}))

    await write(client)

    assert client.transport.pacer.sent == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda client: client.subscribe_webhook("a/b", ENDPOINT, None),
        lambda client: client.reactivate_subscribers("abc", ["all", "d/f"]),
        lambda client: client.unsubscribe("abc", ".."),
    ],
)
async def test_a_wrong_id_writes_nothing(
    fake: FakeStatuspage, client: StatuspageClient, write: Write
) -> None:
    with pytest.raises(StatuspageError, match="cannot be an id"):
        await write(client)

    assert fake.requests == []


async def test_a_refusal_that_repeats_the_endpoint_does_not_tell_its_query(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    refusal = {"error": [f"Endpoint {ENDPOINT} has already been taken"]}
    fake.answers(SUBSCRIBERS, httpx.Response(422, json=refusal))

    with pytest.raises(Refused) as caught:
        await client.subscribe_webhook("abc", ENDPOINT, None)

    assert str(caught.value) == (
        f"Statuspage answered POST {SUBSCRIBERS} with 422 (Endpoint "
        "https://hooks.example.com/integration/webhook?[hidden] has already been taken)."
    )
    assert fake.requests[0].url == HOST + SUBSCRIBERS
