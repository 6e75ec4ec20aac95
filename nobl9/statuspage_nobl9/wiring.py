"""Puts a client together: the only place that does."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
from statuspage import Clock

from .address import root_of
from .api_version import VersionInUse
from .client import Nobl9Client
from .credentials import Credentials
from .kept_file import KeptFile
from .retrying import Retries
from .transport import Transport
from .versions import AUTO

# Nobl9's scripts wait for 10 seconds; some lists take longer.
TIMEOUT = 30.0


def connect(
    credentials: Credentials,
    *,
    base_url: str,
    api: str = AUTO,
    http: httpx.AsyncClient | None = None,
    clock: Clock | None = None,
    retries: Retries | None = None,
    folder: Path | None = None,
) -> Nobl9Client:
    """Return a client; `async with` or `aclose` closes what was made for it.

    No request is made yet. `folder` is where processes share their access token; without it this
    one asks for a token of its own. An HTTP client that is given stays open.
    """
    address, clock = root_of(base_url), clock or Clock()
    closes: tuple[Callable[[], Awaitable[None]], ...] = ()
    if http is None:
        http = httpx.AsyncClient(timeout=TIMEOUT)
        closes = (http.aclose,)
    digest = credentials.digest(address)

    def kept(name: str) -> KeptFile | None:
        return KeptFile(folder / f"{name}-{digest}.json", clock) if folder else None

    transport = Transport(
        http=http,
        address=address,
        credentials=credentials,
        clock=clock,
        retries=retries or Retries(),
        token_file=kept("token"),
    )
    return Nobl9Client(transport, VersionInUse(transport, api, kept("version")), closes)
