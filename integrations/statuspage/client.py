"""The process's one Statuspage client, from the settings.

Nothing else reads Ocean's configuration of the integration.
"""

import httpx
from port_ocean.context.ocean import ocean
from port_ocean.helpers.async_client import OceanAsyncClient

import port_tls
from settings import Settings, read_settings
from statuspage import StatuspageClient, connect

# Enough to fill a window at once, few enough to be polite.
CONNECTIONS = 20

# So many of ten slots stay free for live events and actions while a resync runs.
RESERVED_TENTHS = 1


def read_configuration() -> Settings:
    """Return what the user set; raise a SettingError if it cannot work."""
    return read_settings(ocean.integration_config, base_url=ocean.config.base_url)


def statuspage_client(settings: Settings) -> StatuspageClient:
    """Return the client that a process needs only one of."""
    return connect(
        settings.api_key,
        host=settings.host,
        requests_per_minute=settings.requests_per_minute,
        reserve=_reserve(settings),
        redis_url=settings.redis_url,
        # Ocean's client brings proxies, certificates and, hosted by Port, the guard against
        # private addresses.
        http=OceanAsyncClient(
            timeout=httpx.Timeout(ocean.config.client_timeout, pool=None),
            limits=httpx.Limits(max_connections=CONNECTIONS),
            verify=port_tls.verify(ocean.config.ssl.third_party),
        ),
    )


def _reserve(settings: Settings) -> int:
    """Reserve slots where somebody may need them: here, or in a pod that shares the window."""
    listener = ocean.config.event_listener
    interactive = listener.should_process_webhooks or listener.should_run_actions
    if not interactive and settings.redis_url is None:
        return 0
    return settings.requests_per_minute * RESERVED_TENTHS // 10
