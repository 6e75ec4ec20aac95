"""Port is asked what Ocean asks, word for word, and what it answers means the same."""

import gc
import json
import weakref
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from port_ocean.clients.port.client import PortClient
from port_ocean.clients.port.types import UserAgentType
from port_ocean.core.models import Entity

from aside import done_aside
from loading.port_client import LoadingPortClient

from .answering import answered_by

EXPORTER = UserAgentType.exporter
PAGES: list[dict[str, Any]] = [
    {"entities": [{"identifier": "a", "blueprint": "x", "relations": {"to": "b"}}], "next": "two"},
    {"entities": [{"identifier": "b", "blueprint": "x", "title": "B"}], "next": None},
]
FOUND = {
    "entities": [
        {"identifier": "a", "blueprint": "x", "title": 5, "properties": {"n": 1}, "icon": 7},
        {"identifier": "b", "blueprint": "x", "team": ["t"], "createdAt": "2026-09-14T09:00:00Z"},
    ]
}

type Call = Callable[[PortClient], Awaitable[Any]]


class Port:
    """Answers what a client of Port asks, and notes it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.answers: list[weakref.ref[httpx.Response]] = []
        self._pages = iter(PAGES * 2)
        self.status = 200

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self._answer(request)
        self.answers.append(weakref.ref(answer))
        return answer

    def _answer(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        sent = dict(request.headers)
        self.asked.append((request.method, str(request.url), body, sent, request.extensions))
        match request.method, request.url.path:
            case "POST", "/v1/auth/access_token":
                token = {"accessToken": "t", "expiresIn": 3600, "tokenType": "Bearer"}
                return httpx.Response(200, json=token)
            case "POST", "/v1/entities/search":
                return httpx.Response(self.status, json=FOUND)
            case "POST", "/v1/blueprints/entities/datasource-entities":
                return httpx.Response(self.status, json=next(self._pages))
            case "GET", "/v1/integration/me":
                urls = {"ingestUrl": "http://port.test/ingest"}
                known = {"logAttributes": urls, "metricAttributes": urls}
                return httpx.Response(200, json={"integration": known})
            case (("POST" | "PUT"), path) if path.startswith(
                ("/ingest/", "/v1/integration/me/kinds/")
            ):
                return httpx.Response(self.status, json={})
        raise AssertionError(request)


@pytest.fixture
def port() -> Iterator[Port]:
    """A Port, reached by all clients of the test."""
    answering = Port()
    with answered_by(answering):
        yield answering


def oceans() -> PortClient:
    return PortClient("http://port.test", "id", "secret", "me", "statuspage", "1.0.0", 60, 60)


async def asked_by(client: PortClient, call: Call, port: Port) -> tuple[Any, list[Any]]:
    port.asked.clear()
    result = await call(client)
    return result, list(port.asked)


CALLS: dict[str, Call] = {
    "a search": lambda client: client.search_entities(
        EXPORTER,
        query={"combinator": "and", "rules": [{"property": "a", "operator": "=", "value": 1}]},
        parameters_to_include=["identifier", "properties.n"],
    ),
    "a search for names alone": lambda client: client.search_entities(
        EXPORTER, query={"combinator": "or", "rules": [{"property": "a"}]}
    ),
    "a search without rules": lambda client: client.search_entities(
        EXPORTER, query={"combinator": "or", "rules": []}
    ),
    "all entities": lambda client: client.search_entities(EXPORTER),
    "those that are older": lambda client: client.search_entities(EXPORTER, before="2026-09-14"),
    "reports": lambda client: client.post_integration_sync_metrics([{"kind": "a"}]),
    "a report": lambda client: client.put_integration_sync_metrics(
        {"eventId": "e", "kindIdentifier": "a-0"}
    ),
    "examples": lambda client: client.ingest_integration_kind_examples("a", [{"b": 1}]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
async def test_port_is_asked_what_ocean_asks(call: Call, port: Port) -> None:
    theirs, asked = await asked_by(oceans(), call, port)
    ours, asked_by_us = await asked_by(LoadingPortClient(oceans()), call, port)

    assert asked_by_us == asked
    if theirs is None:
        assert ours is None
    else:
        assert names(ours) == names(theirs)


def names(entities: list[Entity]) -> list[tuple[Any, ...]]:
    return [(one.identifier, one.blueprint, one.relations) for one in entities]


async def test_what_is_found_is_what_oceans_model_makes_of_it(port: Port) -> None:
    found, _ = await asked_by(LoadingPortClient(oceans()), CALLS["a search"], port)
    assert found == [Entity.parse_obj(one) for one in FOUND["entities"]]


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
async def test_what_port_refuses_is_raised(call: Call, port: Port) -> None:
    port.status = 500
    with pytest.raises(httpx.HTTPStatusError):
        await call(LoadingPortClient(oceans()))


async def test_a_full_resync_does_not_wait_for_its_reports(port: Port) -> None:
    client = LoadingPortClient(oceans())
    await client.auth.headers()
    async with done_aside():
        port.asked.clear()
        await CALLS["reports"](client)
        await CALLS["a report"](client)
        await CALLS["examples"](client)
        assert port.asked == []
    urls = [url for method, url, *_ in port.asked if method != "GET"]
    assert sorted(urls) == [
        "http://port.test/ingest/syncMetrics",
        "http://port.test/ingest/syncMetrics/resync/e/kind/a-0",
        "http://port.test/v1/integration/me/kinds/a/examples",
    ]
    assert urls.index("http://port.test/ingest/syncMetrics") < urls.index(
        "http://port.test/ingest/syncMetrics/resync/e/kind/a-0"
    )


async def test_an_answer_goes_when_it_was_read(port: Port) -> None:
    client = LoadingPortClient(oceans())
    await client.auth.headers()
    gc.disable()
    try:
        await CALLS["a search"](client)
        gone = [answer() is None for answer in port.answers]
    finally:
        gc.enable()
    assert gone[-1]
