"""A small load generator: keeps N connections busy for a while and notes every answer's time.

It speaks just enough HTTP/1.1 (keep-alive, Content-Length) to leave the machine to the server.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Result:
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    bytes_read: int = 0
    failures: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class _Connection(asyncio.Protocol):
    def __init__(self, next_request: Callable[[], bytes | None], result: Result) -> None:
        self._next = next_request
        self._result = result
        self._buffer = bytearray()
        self._missing = -1
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        request = self._next()
        if request is None:
            self._transport.close()
            return
        self._asked = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._result.bytes_read += len(data)
        if self._missing < 0:
            self._buffer += data
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                self._result.failures += 1
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            self._missing = length - (len(self._buffer) - end - 4)
            self._buffer.clear()
        else:
            self._missing -= len(data)
        if self._missing <= 0:
            self._missing = -1
            self._result.times.append(time.perf_counter() - self._asked)
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self.done.set_result(None)


async def load(
    port: int, request: Callable[[], bytes], *, connections: int, seconds: float
) -> Result:
    result = Result()
    loop = asyncio.get_running_loop()
    end = time.perf_counter() + seconds

    def next_request() -> bytes | None:
        return request() if time.perf_counter() < end else None

    began = time.perf_counter()
    pairs = [
        await loop.create_connection(lambda: _Connection(next_request, result), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in pairs))
    result.seconds = time.perf_counter() - began
    return result
