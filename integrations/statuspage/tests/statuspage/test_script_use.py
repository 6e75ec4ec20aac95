"""The client in a plain script."""

import asyncio

import httpx
import pytest

import statuspage
from tests.fake_statuspage import KEY, FakeStatuspage, objects, ok


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
