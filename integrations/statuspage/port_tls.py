"""One TLS context for all of Ocean's clients, and for ours of Statuspage.

Ocean makes a client of Port for each of its event loops, and sends every batch of log lines from a
loop of its own; for each of its metrics it makes one as well. To read the certificates of all
authorities takes some 20 ms of processor time each time.
"""

import ssl
from functools import cache

import httpx
from port_ocean.clients.port import utils
from port_ocean.config.settings import SslClientSettings
from port_ocean.helpers.metric import metric
from port_ocean.helpers.ssl import resolve_verify_param


@cache
def _shared() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def verify(settings: SslClientSettings) -> bool | ssl.SSLContext:
    """Return what httpx takes for `verify`: where that is its own default, the shared context."""
    chosen = resolve_verify_param(settings)
    return _shared() if chosen is True else chosen


def metrics_client() -> httpx.AsyncClient:
    """Return a client for one of Ocean's metrics."""
    return httpx.AsyncClient(verify=_shared())


def install() -> None:
    """Have Ocean's clients share it from here on."""
    vars(utils)["resolve_verify_param"] = verify
    vars(metric)["AsyncClient"] = metrics_client
