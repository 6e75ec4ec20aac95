"""The client as a script makes it, by `connect`."""

import asyncio
from typing import Any

import httpx
import pytest

import statuspage
from tests.fake_statuspage import KEY, FakeStatuspage, objects, ok
from tests.virtual_time import clock


async def test_a_script_reads_every_incident_of_every_page(fake: FakeStatuspage) -> None:
    fake.answers("/v1/pages", ok(objects(2, "page")))
    fake.lists("/v1/pages/page0/incidents", objects(120, "a"))
    fake.lists("/v1/pages/page1/incidents", objects(1, "b"))
    read = []

    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(fake)) as http,
        statuspage.connect(KEY, http=http) as client,
    ):
        for page in await client.pages():
            async for incident in client.incidents(page["id"]):
                read.append(incident)  # noqa: PERF401 (the loop a script would write)

    assert read == [*objects(120, "a"), *objects(1, "b")]
    assert {r.headers["Authorization"] for r in fake.requests} == {f"OAuth {KEY}"}


async def test_a_client_that_was_given_stays_open(fake: FakeStatuspage) -> None:
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake))
    async with statuspage.connect(KEY, http=http):
        pass

    assert not http.is_closed


async def test_a_client_can_be_used_without_a_block_and_closed_by_hand(
    fake: FakeStatuspage,
) -> None:
    fake.answers("/v1/pages", ok([]))
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake))
    client = statuspage.connect(KEY, http=http)

    assert await client.pages() == []
    await client.aclose()

    assert not http.is_closed


async def test_a_client_derived_from_another_closes_nothing_of_it() -> None:
    async with statuspage.connect(KEY) as client:
        await client.urgent.aclose()
        await client.impatient.aclose()

        assert not client.transport.http.is_closed


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("api_key", "two words"),
        ("host", "api.statuspage.io"),
        ("requests_per_minute", 0),
        ("reserve", 60),
        ("reserve", -1),
        ("redis_url", "http://user:made-up@localhost"),
        ("redis_url", "redis://user:made-up@localhost:port"),
    ],
)
async def test_an_argument_that_cannot_work_is_named_and_no_secret_is_repeated(
    argument: str, value: object
) -> None:
    arguments: dict[str, Any] = {"api_key": KEY, argument: value}

    with pytest.raises(statuspage.UnusableArgument) as caught:
        statuspage.connect(**arguments)

    assert caught.value.argument == argument
    assert str(caught.value).startswith(f"{argument} ")
    assert "made-up" not in str(caught.value)


async def test_patience_and_clock_can_be_handed_in(fake: FakeStatuspage) -> None:
    fake.answers("/v1/pages", httpx.Response(503), httpx.Response(503), ok([]))
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake))
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    patience = statuspage.RetryPolicy(attempts=2)
    client = statuspage.connect(
        KEY, http=http, clock=statuspage.Clock(sleep=sleep), patience=patience
    )

    with pytest.raises(statuspage.ServerFailed):
        await client.pages()
    assert len(waits) == 1
    assert await client.pages() == []


async def test_the_reserve_is_for_what_is_urgent(fake: FakeStatuspage) -> None:
    fake.answers("/v1/pages", ok([]), ok([]))
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake))
    client = statuspage.connect(KEY, http=http, requests_per_minute=2, reserve=1, clock=clock())

    await client.pages()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(30):
            await client.pages()
    await client.urgent.pages()

    assert client.requests_sent == 2


async def test_a_client_of_its_own_is_closed_afterwards() -> None:
    async with statuspage.connect(KEY) as client:
        http = client.transport.http
        assert not http.is_closed

    assert http.is_closed


async def test_a_client_of_its_own_is_closed_after_an_error_too() -> None:
    with pytest.raises(LookupError):
        async with statuspage.connect(KEY) as client:
            raise LookupError

    assert client.transport.http.is_closed


@pytest.mark.parametrize("slash", ["", "/"])
async def test_the_host_can_be_another_server(fake: FakeStatuspage, slash: str) -> None:
    host = "http://localhost:8080"
    fake.answers(f"{host}/v1/pages", ok([]))
    fake.answers(
        f"{host}/pages/abc/api/v2/status.json",
        ok({"status": {"indicator": "none", "description": "Fine"}}),
    )

    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(fake)) as http,
        statuspage.connect(KEY, host=host + slash, http=http) as client,
    ):
        assert await client.pages() == []
        assert await client.public_status({"id": "abc"}) is not None


@pytest.mark.parametrize(("limit", "sent"), [(1, 1), (3, 3), (60, 5)])
async def test_a_script_keeps_to_the_requests_it_may_send(
    fake: FakeStatuspage, limit: int, sent: int
) -> None:
    fake.lists("/v1/pages/abc/components", objects(450))
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake))

    async with statuspage.connect(KEY, http=http, requests_per_minute=limit) as client:
        try:
            async with asyncio.timeout(30):
                assert len([item async for item in client.components("abc")]) == 450
        except TimeoutError:
            assert sent < 5

    assert len(fake.requests) == sent


async def test_a_slow_server_is_not_waited_for_forever() -> None:
    async with statuspage.connect(KEY) as client:
        timeout = client.transport.http.timeout

    assert None not in (timeout.connect, timeout.read, timeout.write, timeout.pool)
