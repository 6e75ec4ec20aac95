"""Requests as they go out, and what comes of every way in which they can fail."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from statuspage import (
    AccessDenied,
    KeyRejected,
    Redirected,
    RequestError,
    ServerFailed,
    StatuspageError,
    Throttled,
    Unreachable,
    UnusableAnswer,
)
from statuspage.pacing import Urgency
from statuspage.retrying import NO_RETRY
from statuspage.transport import Transport
from tests.fake_statuspage import FakeStatuspage, UnexpectedRequest, ok, transport_to
from tests.virtual_time import now

PATH = "/v1/pages"
PUBLIC = "https://abc.statuspage.io/api/v2/status.json"

NOT_SENT = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("no route"),
    httpx.PoolTimeout("busy"),
    httpx.ProxyError("407"),
]
PERHAPS_SENT = [
    httpx.ReadTimeout("slow"),
    httpx.WriteTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.WriteError("reset"),
    httpx.CloseError("reset"),
    httpx.RemoteProtocolError("closed without an answer"),
]


class Broken(httpx.AsyncByteStream):
    """A body that ends in an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'[{"id": '
        raise self._error


class Slow(httpx.AsyncByteStream):
    """A body that takes half a minute."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await asyncio.sleep(30.0)
        yield b"[]"


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "statuspage.transport"]


def impatient(transport: Transport) -> Transport:
    return replace(transport, policy=NO_RETRY)


async def test_a_public_request_needs_no_slot(fake: FakeStatuspage, transport: Transport) -> None:
    fake.answers(PUBLIC, ok({}))
    await transport.pacer.pause(300.0)
    begin = now()

    await transport.get_public(PUBLIC)

    assert now() == begin
    assert transport.pacer.sent == 0


@pytest.mark.parametrize(
    "answer", [httpx.Response(500), httpx.Response(429), httpx.ConnectError("refused")]
)
async def test_a_public_request_is_sent_only_once(
    fake: FakeStatuspage, transport: Transport, answer: Any
) -> None:
    fake.answers(PUBLIC, answer)

    with pytest.raises(RequestError):
        await transport.get_public(PUBLIC)

    assert len(fake.requests) == 1


async def test_parameters_become_the_query(fake: FakeStatuspage, transport: Transport) -> None:
    fake.answers(PATH, ok([]))

    await transport.get(PATH, {"page": 1, "q": "a b"})

    assert fake.asked == ["GET /v1/pages?page=1&q=a+b"]


async def test_ocean_s_own_retry_loop_is_kept_out(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, ok([]))

    await transport.get(PATH)

    assert fake.requests[0].extensions["skip_retry"] is True


@pytest.mark.parametrize(
    "passing",
    [
        httpx.Response(420),
        httpx.Response(429, headers={"Retry-After": "5"}),
        httpx.Response(500),
        httpx.Response(502, html="<html>Bad gateway</html>"),
        httpx.Response(503, headers={"Retry-After": "5"}),
        httpx.Response(504),
        httpx.Response(200, stream=Broken(httpx.ReadError("reset"))),
        httpx.Response(200, stream=Broken(httpx.RemoteProtocolError("incomplete"))),
        httpx.Response(200, stream=Broken(httpx.ReadTimeout("slow"))),
        *NOT_SENT,
        *PERHAPS_SENT,
    ],
    ids=lambda answer: getattr(answer, "status_code", None) or type(answer).__name__,
)
async def test_a_read_outlives_passing_trouble_with_a_line_for_each_retry(
    fake: FakeStatuspage,
    transport: Transport,
    passing: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fake.answers(PATH, passing, ok([1]))
    begin = now()

    assert await transport.get(PATH) == [1]
    waited = now() - begin
    assert waited > 0
    assert [line.endswith(f". Trying again in {waited:.1f} s.") for line in lines(caplog)] == [True]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, KeyRejected),
        (403, AccessDenied),
    ],
)
async def test_a_key_that_may_not_fails_at_once_with_the_vendor_s_words(
    fake: FakeStatuspage,
    transport: Transport,
    status: int,
    kind: type[RequestError],
) -> None:
    fake.answers(PATH, httpx.Response(status, json={"error": "Could not authenticate"}))
    begin = now()

    with pytest.raises(kind, match="Could not authenticate"):
        await transport.get(PATH)

    assert now() == begin


async def test_trouble_that_stays_becomes_an_error(
    fake: FakeStatuspage, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    fake.answers(PATH, *[httpx.Response(503)] * 10)

    with pytest.raises(ServerFailed):
        await transport.get(PATH)

    assert len(lines(caplog)) == 9


async def test_each_attempt_counts_against_the_quota(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(503), httpx.ConnectError("refused"), ok([]))

    await transport.get(PATH)

    assert transport.pacer.sent == 3


async def test_a_slot_is_held_until_the_whole_answer_is_there(fake: FakeStatuspage) -> None:
    transport = transport_to(fake, limit=1)
    fake.answers(PATH, httpx.Response(200, stream=Slow()), ok([]))
    begin = now()

    await transport.get(PATH)
    await transport.get(PATH)

    assert [moment - begin for moment in fake.moments] == [0, 90]


async def test_a_server_s_wait_pauses_everyone_who_shares_the_key(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(420, headers={"Retry-After": "45"}), ok([]))
    fake.answers(f"{PATH}/abc", ok({}))
    begin = now()

    async def click() -> None:
        await transport.clock.sleep(1.0)
        await replace(transport, urgency=Urgency.INTERACTIVE).get(f"{PATH}/abc")

    await asyncio.gather(transport.get(PATH), click())

    assert [moment - begin for moment in fake.moments] == [0, 45, 45]


async def test_a_server_s_wait_may_be_a_date(fake: FakeStatuspage, transport: Transport) -> None:
    headers = {
        "Date": "Mon, 14 Sep 2026 07:00:00 GMT",
        "Retry-After": "Mon, 14 Sep 2026 07:00:45 GMT",
    }
    fake.answers(PATH, httpx.Response(429, headers=headers), ok([]))
    begin = now()

    await transport.get(PATH)

    assert now() - begin == 45


async def test_a_wait_beyond_all_bounds_is_an_error_at_once(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(429, headers={"Retry-After": "86400"}))
    begin = now()

    with pytest.raises(Throttled):
        await transport.get(PATH)

    assert now() == begin


async def test_trouble_of_one_request_pauses_no_other(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(503, headers={"Retry-After": "45"}), ok([]))
    fake.answers(f"{PATH}/abc", ok({}))
    begin = now()

    async def other() -> None:
        await transport.clock.sleep(1.0)
        await transport.get(f"{PATH}/abc")

    await asyncio.gather(transport.get(PATH), other())

    assert [moment - begin for moment in fake.moments] == [0, 1, 45]


@pytest.mark.parametrize("error", NOT_SENT, ids=lambda error: type(error).__name__)
async def test_a_connection_that_never_was_had_no_effect(
    fake: FakeStatuspage, transport: Transport, error: Exception
) -> None:
    fake.answers(PATH, error)

    with pytest.raises(Unreachable, match=r"no connection to api\.statuspage\.io") as caught:
        await impatient(transport).get(PATH)

    assert caught.value.sent is False


@pytest.mark.parametrize("error", PERHAPS_SENT, ids=lambda error: type(error).__name__)
async def test_a_connection_that_broke_may_have_had_an_effect(
    fake: FakeStatuspage, transport: Transport, error: Exception
) -> None:
    fake.answers(PATH, error)

    with pytest.raises(Unreachable) as caught:
        await impatient(transport).get(PATH)

    assert caught.value.sent is True


async def test_a_body_that_is_cut_short_is_one_typed_error(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(200, stream=Broken(httpx.ReadError("reset"))))

    with pytest.raises(UnusableAnswer, match="it was cut short"):
        await impatient(transport).get(PATH)


async def test_a_refusal_whose_body_is_cut_short_is_one_typed_error(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(401, stream=Broken(httpx.ReadError("reset"))))

    with pytest.raises(RequestError):
        await impatient(transport).get(PATH)


async def test_broken_compression_is_one_typed_error(
    fake: FakeStatuspage, transport: Transport
) -> None:
    broken = httpx.ByteStream(b"this is not gzip")
    fake.answers(PATH, httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=broken))

    with pytest.raises(UnusableAnswer, match="its compression is broken"):
        await transport.get(PATH)


async def test_a_redirect_is_not_followed_with_the_key(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(302, headers={"Location": "https://evil.example/"}))
    transport.http.follow_redirects = True

    with pytest.raises(Redirected, match="a redirect"):
        await transport.get(PATH)

    assert len(fake.requests) == 1


@pytest.mark.parametrize("host", ["api.statuspage.io", "ftp://api.statuspage.io", ""])
async def test_an_address_without_http_fails_at_once(transport: Transport, host: str) -> None:
    begin = now()
    async with httpx.AsyncClient() as http:
        with pytest.raises(StatuspageError):
            await replace(transport, http=http, host=host).get(PATH)

    assert now() == begin


@pytest.mark.parametrize("host", ["http://[", "http://a:b"])
async def test_an_impossible_address_is_one_of_our_errors(transport: Transport, host: str) -> None:
    with pytest.raises(StatuspageError):
        await replace(transport, host=host).get(PATH)


async def test_a_request_that_no_test_prepared_fails_the_test(transport: Transport) -> None:
    with pytest.raises(UnexpectedRequest, match="/v1/other"):
        await transport.get("/v1/other")
