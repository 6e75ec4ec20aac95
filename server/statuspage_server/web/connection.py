"""One HTTP connection, which is not waited for without end.

uvicorn ends a connection that is idle after an answer. One on which no request, or half of one,
arrives it would keep for ever, and a few hundred of those would leave no descriptor for anyone.
"""

import asyncio
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

REQUEST_SECONDS = 30.0


class Room:
    """The connections that no request has come from yet, the longest waiting first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: dict[Connection, None] = {}

    def wait(self, connection: "Connection") -> None:
        self._waiting[connection] = None

    def leave(self, connection: "Connection") -> None:
        self._waiting.pop(connection, None)

    def make(self, taken: int) -> None:
        """Where all is taken, whoever has been silent longest gives way."""
        if taken > self._most and self._waiting:
            next(iter(self._waiting)).hang_up()


class Connection(HttpToolsProtocol):
    def __init__(self, *arguments: Any, room: Room, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._room = room
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_request()
        self._room.wait(self)
        self._room.make(len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        self._room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Anything ends the wait after an answer, even what does not begin a request.
        self._expect_request()
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._expect_request()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._expect_nothing()
        self._room.leave(self)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing():
            self._room.wait(self)

    def hang_up(self) -> None:
        self._expect_nothing()
        self._room.leave(self)
        self.transport.abort()

    def _expect_request(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self._too_late)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        cycle = self.cycle
        if cycle is None or cycle.more_body or cycle.response_complete:
            self.hang_up()


def connections(most: int) -> type[asyncio.Protocol]:
    """What uvicorn makes a connection with; all of them share one room."""
    return cast("type[asyncio.Protocol]", partial(Connection, room=Room(most)))
