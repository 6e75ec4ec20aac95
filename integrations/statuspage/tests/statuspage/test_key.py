"""The API key: where it goes, and where it never shows."""

import json
from dataclasses import replace
from typing import Any

import httpx
import pytest

from statuspage import KeyRejected, RequestError
from statuspage.retrying import NO_RETRY
from statuspage.transport import KeyAuth, Transport
from tests.fake_statuspage import KEY, FakeStatuspage, ok

PATH = "/v1/pages"
PUBLIC = "https://abc.statuspage.io/api/v2/status.json"


async def test_the_key_is_sent_in_the_documented_form(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, ok([]))

    await transport.get(PATH)

    assert fake.requests[0].headers["Authorization"] == f"OAuth {KEY}"


async def test_the_key_is_never_on_the_client_that_others_share(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, ok([]))
    fake.answers("https://example.com/", ok({}))
    before = transport.http.headers.copy()

    await transport.get(PATH)
    await transport.http.get("https://example.com/")

    assert transport.http.headers == before
    assert transport.http.auth is None
    assert "Authorization" not in fake.requests[1].headers


async def test_two_keys_can_share_one_client(fake: FakeStatuspage, transport: Transport) -> None:
    fake.answers(PATH, ok([]), ok([]), ok([]))
    other = replace(transport, auth=KeyAuth("other"))

    for each in (transport, other, transport):
        await each.get(PATH)

    sent = [request.headers["Authorization"] for request in fake.requests]
    assert sent == [f"OAuth {KEY}", "OAuth other", f"OAuth {KEY}"]


async def test_the_key_is_never_sent_to_the_public_host(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PUBLIC, ok({}))

    await transport.get_public(PUBLIC)

    assert "Authorization" not in fake.requests[0].headers
    assert KEY not in str(fake.requests[0].url)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 420, 422, 500])
@pytest.mark.parametrize(
    "body",
    [
        {"error": f"Key {KEY} is unknown"},
        {"error": [KEY, f"OAuth {KEY}"]},
        {"error": {KEY: [KEY], "Authorization": f"OAuth {KEY}"}},
        {"error": "x" * 190 + KEY * 20},
        {"error": [{"detail": KEY}]},
    ],
    ids=["text", "list", "dict", "long", "nested"],
)
async def test_a_server_that_repeats_the_key_puts_it_in_no_error(
    fake: FakeStatuspage, transport: Transport, status: int, body: Any
) -> None:
    fake.answers(PATH, httpx.Response(status, json=body))

    with pytest.raises(RequestError) as caught:
        await replace(transport, policy=NO_RETRY).get(PATH)

    assert KEY not in f"{caught.value} {caught.value!r} {vars(caught.value)}"


@pytest.mark.parametrize("key", ["caf\u00e9-0815", "abc/def+ghi=", 'a"quoted"key'])
async def test_a_key_that_comes_back_escaped_is_in_no_error_either(
    fake: FakeStatuspage, transport: Transport, key: str
) -> None:
    escaped = json.dumps({"error": f"Key {key} is unknown"}).replace("/", "\\/")
    fake.answers(PATH, httpx.Response(401, text=escaped))

    with pytest.raises(KeyRejected) as caught:
        await replace(transport, auth=KeyAuth(key)).get(PATH)

    assert key not in str(caught.value)


async def test_a_server_that_repeats_the_key_puts_it_in_no_log(
    fake: FakeStatuspage, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    fake.answers(PATH, httpx.Response(420, json={"error": f"Key {KEY} is spent"}), ok([]))

    await transport.get(PATH)

    assert "(Key [key] is spent)" in caplog.text
    assert KEY not in caplog.text


async def test_the_key_is_in_no_text_of_any_part(transport: Transport) -> None:
    assert KEY not in repr(transport)


async def test_what_a_page_says_comes_as_it_is_even_when_it_holds_the_key(
    fake: FakeStatuspage, transport: Transport
) -> None:
    content = [{"id": "demo1", "name": "demo page"}]
    fake.answers(PATH, ok(content))

    assert await replace(transport, auth=KeyAuth("demo")).get(PATH) == content


async def test_an_empty_key_is_told_by_the_server_s_own_words(
    fake: FakeStatuspage, transport: Transport
) -> None:
    fake.answers(PATH, httpx.Response(401, json={"error": "Could not authenticate"}))

    with pytest.raises(KeyRejected, match="Could not authenticate"):
        await replace(transport, auth=KeyAuth("")).get(PATH)
