"""A Port made by a test, at the other end of Ocean's clients."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager

import httpx
from port_ocean.clients.port import utils

type Answer = (
    Callable[[httpx.Request], httpx.Response]
    | Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]
)


@contextmanager
def answered_by(port: Answer) -> Iterator[None]:
    """Have all clients inside reach it: they share a connection."""
    transport = httpx.MockTransport(port)
    utils._http_client.push(httpx.AsyncClient(transport=transport))  # noqa: SLF001
    try:
        yield
    finally:
        utils._http_client.pop()  # noqa: SLF001
