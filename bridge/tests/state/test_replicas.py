"""Several replicas on one PostgreSQL: one of them plans at a time, and all act on all."""

import asyncio

import httpx
import pytest
from conftest import Running, Start
from making import API
from real_server import RealServer
from sqlalchemy import create_engine, text
from strict_pagerduty import incident

from statuspage_bridge.errors import StateFailed
from statuspage_bridge.state.address import read_address
from statuspage_bridge.state.schema import metadata

HEADERS = {"Authorization": "Bearer am-token"}


@pytest.fixture
def shared(postgres: str) -> str:
    engine = create_engine(read_address(postgres))
    metadata.drop_all(engine)
    engine.dispose()
    return postgres


class Counting(httpx.AsyncBaseTransport):
    """The way to the page, which knows how many are on it at a time."""

    def __init__(self, way: httpx.AsyncBaseTransport) -> None:
        self.way = way
        self.under_way = self.most = self.lists = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.lists += request.url.path.endswith("/unresolved")
        # Others get their turn in the middle of a request.
        await asyncio.sleep(0)
        try:
            return await self.way.handle_async_request(request)
        finally:
            self.under_way -= 1


@pytest.fixture
def counting(way: httpx.AsyncHTTPTransport) -> Counting:
    return Counting(way)


@pytest.fixture
def replicas(start: Start, shared: str, counting: Counting) -> list[Running]:
    more = {"STATE": shared, "ALERTMANAGER_TOKEN_MAIN": "am-token"}
    return [start(to_page=counting, **more) for _ in range(3)]


async def test_one_of_them_plans_at_a_time_and_serves_who_waits(
    replicas: list[Running], counting: Counting, server: RealServer
) -> None:
    replicas[0].sources.hugops.incidents = [incident("P1", "component:API")]

    answers = await asyncio.gather(*(one.acknowledged() for one in replicas for _ in range(9)))

    assert [one.json() for one in answers] == [["Performed sync"]] * 27
    assert server.incident()["status"] == "investigating"
    assert counting.most == 1
    # Without sharing, each of three would have looked twice, besides the looks of an opening.
    assert counting.lists <= 8


async def test_what_one_was_told_another_acts_on(
    replicas: list[Running], server: RealServer
) -> None:
    async def push(bridge: Running, status: str) -> None:
        row = {"status": status, "labels": {"statuspage_component": API}, "fingerprint": "f"}
        body = {"version": "4", "alerts": [row]}
        await bridge.http.post("/alertmanager/main", json=body, headers=HEADERS)

    await push(replicas[0], "firing")
    assert server.incident()["status"] == "investigating"

    await push(replicas[1], "resolved")
    await replicas[2].looks()
    assert server.incident()["status"] == "resolved"


async def test_a_webhook_that_one_has_seen_the_others_have(replicas: list[Running]) -> None:
    async def deliver(bridge: Running) -> object:
        body = {"event": {"event_type": "incident.acknowledged"}}
        answer = await bridge.http.post("/hugops", json=body, headers={"X-Webhook-Id": "w1"})
        return answer.json()

    assert await deliver(replicas[0]) == ["Performed sync"]
    assert await deliver(replicas[1]) == ["No need to sync"]


async def test_all_of_them_tell_what_came_of_the_last_pass(
    replicas: list[Running], counting: Counting
) -> None:
    await asyncio.gather(*(one.looks() for one in replicas))

    for one in replicas:
        assert (await one.http.get("/health")).json()["last_pass"] is not None


def end_turn(shared: str) -> None:
    """End the connections that hold a lock, as a kill or a network does."""
    engine = create_engine(read_address(shared), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


async def test_who_has_lost_its_turn_writes_no_more(
    start: Start, shared: str, server: RealServer, way: httpx.AsyncHTTPTransport
) -> None:
    class LosesItsTurn(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/unresolved"):
                end_turn(shared)
            return await way.handle_async_request(request)

    bridge = start(to_page=LosesItsTurn(), STATE=shared)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    with pytest.raises(StateFailed, match="another replica may plan"):
        await bridge.looks()

    assert server.incidents() == []


async def test_a_replica_that_ends_in_its_turn_leaves_it_to_the_next(
    start: Start, shared: str, server: RealServer
) -> None:
    is_planning, is_waiting = asyncio.Event(), asyncio.Event()

    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            is_planning.set()
            await asyncio.Event().wait()
            raise AssertionError(request)

    async def wait(_: float) -> None:
        is_waiting.set()
        await asyncio.sleep(0)

    hanging, waiting = start(to_page=Hanging(), STATE=shared), start(STATE=shared)
    hanging.sources.hugops.incidents = [incident("P1", "component:API")]
    waiting.bridge.state.sleep = wait
    first = asyncio.create_task(hanging.looks())
    await is_planning.wait()
    second = asyncio.create_task(waiting.looks())
    await is_waiting.wait()
    assert server.incidents() == []

    end_turn(shared)
    await second

    assert server.incident()["status"] == "investigating"
    first.cancel()
