"""Port is sent ten writes at a time; of those that wait, the ones others wait for go first."""

import asyncio
import json
from collections.abc import Iterator
from functools import partial

import httpx
import pytest
from port_ocean.clients.port.client import PortClient
from port_ocean.clients.port.types import RequestOptions
from port_ocean.context.resource import resource_context
from port_ocean.core.models import Entity

from entities_state_applier import WRITES_AT_ONCE, NotingPortClient
from loading.places import Places
from loading.side_by_side import Result, current, side_by_side
from tests.resync.ocean_resync import config_of

from .answering import answered_by

OPTIONS: RequestOptions = {
    "merge": True,
    "create_missing_related_entities": True,
    "validation_only": False,
    "delete_dependent_entities": False,
}


class SlowPort:
    """Takes a second for each write, refuses it, and notes in which order they came.

    What Port takes, Ocean's client counts, for which all of Ocean would have to be there.
    """

    def __init__(self) -> None:
        self.came: list[str] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/auth/access_token":
            token = {"accessToken": "t", "expiresIn": 3600, "tokenType": "Bearer"}
            return httpx.Response(200, json=token)
        [entity] = json.loads(request.content)["entities"]
        self.came.append(entity["identifier"])
        await asyncio.sleep(1)
        return httpx.Response(500, json={})


@pytest.fixture
def port() -> Iterator[SlowPort]:
    """A Port, reached by all clients of the test."""
    answering = SlowPort()
    with answered_by(answering):
        yield answering


async def test_live_events_go_first_then_the_kinds_in_their_order(port: SlowPort) -> None:
    oceans = PortClient("http://port.test", "id", "secret", "me", "statuspage", "1.0.0", 60, 60)
    client = NotingPortClient(oceans, Places(WRITES_AT_ONCE))
    [block] = config_of("incident").resources

    async def write(name: str) -> None:
        entity = Entity(identifier=name, blueprint="any")
        await client.upsert_entities_bulk("any", [entity], OPTIONS, should_raise=False)

    async def kind(index: int, *, writes: int, after: float) -> Result:
        await asyncio.sleep(after)
        async with resource_context(block, index):
            await asyncio.gather(*(write(f"of kind {index}") for _ in range(writes)))
        return [], []

    async def live_event() -> None:
        await asyncio.sleep(0.8)
        await write("of a live event")

    event = asyncio.create_task(live_event())
    with side_by_side():
        kinds = current()
        assert kinds is not None
        # The last kind has taken all places, and wants two more, when the others come.
        works = [
            partial(kind, 0, writes=1, after=0.6),
            partial(kind, 1, writes=1, after=0.4),
            partial(kind, 2, writes=WRITES_AT_ONCE + 2, after=0),
        ]
        kinds.begin(works, ["a", "b", "c"])
        for index in range(len(works)):
            await kinds.result(index)
    await event

    assert port.came[WRITES_AT_ONCE:] == [
        "of a live event",
        "of kind 0",
        "of kind 1",
        "of kind 2",
        "of kind 2",
    ]
