"""Puts a client together: the only place that does."""

from collections.abc import Awaitable, Callable

import httpx

from . import endpoints
from .client import StatuspageClient
from .errors import UnusableArgument
from .pacing import Clock, LocalWindow, Pacer
from .retrying import RetryPolicy
from .transport import KeyAuth, Transport
from .window import Window

QUOTA = 60
"""Requests that a key has in any 60 seconds."""

# An answer takes seconds at most, also that of a list of 100 long incidents.
TIMEOUT = 30.0

type Close = Callable[[], Awaitable[None]]


def connect(  # noqa: PLR0913 (all that a client can be told, by name, each with a default)
    api_key: str,
    *,
    host: str = endpoints.DEFAULT_HOST,
    requests_per_minute: int = QUOTA,
    reserve: int = 0,
    redis_url: str | None = None,
    http: httpx.AsyncClient | None = None,
    clock: Clock | None = None,
    patience: RetryPolicy | None = None,
) -> StatuspageClient:
    """Return a client; `async with` or `aclose` closes what was made for it.

    No request is made yet. Of `requests_per_minute`, the last `reserve` are kept for what
    `client.urgent` asks. With `redis_url`, all processes that use the key share one count.
    An HTTP client that is given stays open.
    """
    address, auth = endpoints.base_address(host), KeyAuth(api_key)
    clock = clock or Clock()
    window, closes = _window(redis_url, api_key, clock)
    pacer = Pacer(window, clock, limit=requests_per_minute, reserve=reserve)
    if http is None:
        http = httpx.AsyncClient(timeout=TIMEOUT)
        closes = (*closes, http.aclose)
    return StatuspageClient(
        Transport(
            http=http,
            host=address,
            auth=auth,
            pacer=pacer,
            clock=clock,
            policy=patience or RetryPolicy(),
        ),
        closes,
    )


def _window(redis_url: str | None, api_key: str, clock: Clock) -> tuple[Window, tuple[Close, ...]]:
    if redis_url is None:
        return LocalWindow(clock), ()
    try:
        from .shared_window import SharedWindow, redis_at  # noqa: PLC0415 (redis is an extra)
    except ModuleNotFoundError as error:
        problem = "needs the package redis: pip install 'statuspage-client[redis]'."
        raise UnusableArgument("redis_url", problem) from error
    redis = redis_at(redis_url)
    return SharedWindow(redis, api_key, clock), (redis.aclose,)
