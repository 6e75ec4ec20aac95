"""A connection is not waited for without end: neither a silent one nor half a request."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from statuspage_server.web.connection import REQUEST_SECONDS, Connection, Room

WHOLE = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
HALVES = (
    b"",
    b"GET /hea",
    WHOLE[:-2],
    b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
)


class Transport(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self.written = b""

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


@dataclass
class HandLoop:
    """Time passes when the test says so; requests are run when it says so."""

    time: float = 0
    waiting: list[tuple[float, "Handle"]] = field(default_factory=list)

    def call_later(self, seconds: float, callback: Callable[[], None]) -> "Handle":
        handle = Handle(callback)
        self.waiting.append((self.time + seconds, handle))
        return handle

    def create_task(self, work: Any, **_: Any) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(work)

    def pass_time(self, seconds: float) -> None:
        self.time += seconds
        due = [entry for entry in self.waiting if entry[0] <= self.time]
        self.waiting = [entry for entry in self.waiting if entry[0] > self.time]
        for _, handle in due:
            if not handle.cancelled:
                handle.callback()


@dataclass
class Handle:
    callback: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class House:
    """A server that answers when it is allowed to."""

    def __init__(self, most: int = 100) -> None:
        self.loop = HandLoop()
        self.answer = asyncio.Event()
        self._config = Config(self._app, log_config=None, lifespan="off", interface="asgi3")
        self._state = ServerState()
        self._room = Room(most)

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        await self.answer.wait()
        start = {"type": "http.response.start", "status": 204, "headers": []}
        await send(start)
        await send({"type": "http.response.body", "body": b""})

    def connect(self, *sent: bytes) -> tuple[Connection, Transport]:
        made = Connection(self._config, self._state, {}, self.loop, room=self._room)
        transport = Transport()
        made.connection_made(transport)
        for data in sent:
            made.data_received(data)
        return made, transport

    async def answer_all(self) -> None:
        self.answer.set()
        await asyncio.gather(*self._state.tasks)


@pytest.mark.parametrize("sent", HALVES)
async def test_whoever_sends_no_whole_request_is_hung_up_on(sent: bytes) -> None:
    house = House()
    _, transport = house.connect(sent)
    seen = []
    for seconds in (REQUEST_SECONDS - 1, 1):
        house.loop.pass_time(seconds)
        seen.append(transport.closed)
    assert seen == [False, True]
    await house.answer_all()


async def test_a_byte_now_and_then_does_not_help() -> None:
    house = House()
    made, transport = house.connect()
    for letter in range(10):
        made.data_received(WHOLE[letter : letter + 1])
        house.loop.pass_time(REQUEST_SECONDS / 10)
    assert transport.closed


async def test_an_answer_may_take_its_time() -> None:
    house = House()
    made, transport = house.connect(WHOLE)
    made.data_received(b"\r\n")
    house.loop.pass_time(2 * REQUEST_SECONDS)
    assert not transport.closed
    await house.answer_all()
    assert transport.written.startswith(b"HTTP/1.1 204")
    assert not transport.closed


async def test_nothing_after_an_answer_and_half_of_the_next_request_end_it_too() -> None:
    house = House()
    for sent in HALVES:
        made, transport = house.connect(WHOLE)
        await house.answer_all()
        made.data_received(b"\r\n" + sent)
        house.loop.pass_time(REQUEST_SECONDS)
        assert transport.closed, sent


async def test_where_all_is_taken_the_longest_silent_one_gives_way() -> None:
    house = House(most=3)
    asking, silent, half, newest = (
        house.connect(*sent)[1] for sent in ([WHOLE], [], [WHOLE[:9]], [WHOLE])
    )
    assert [t.closed for t in (asking, silent, half, newest)] == [False, True, False, False]
    await house.answer_all()
