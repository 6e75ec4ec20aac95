"""The process's one Statuspage client, wired from Ocean's configuration.

Nothing else reads the configuration to build a client.
"""

import functools

import httpx
from port_ocean.context.ocean import ocean
from port_ocean.helpers.async_client import OceanAsyncClient
from port_ocean.utils.signal import signal_handler
from redis.asyncio import Redis

from live_events.behind_resync import BehindResync
from live_events.budget import Guarded, Unlimited
from live_events.desk import Desk
from live_events.processors import from_stream
from live_events.publishing import publish
from resync.knowledge import Knowledge
from resync.snapshot import Snapshot, choose
from settings import Settings, read_settings
from statuspage import Raw, StatuspageClient
from statuspage.pacing import Clock, LocalWindow, Pacer
from statuspage.shared_window import SharedWindow
from statuspage.transport import KeyAuth, Transport
from statuspage.window import Window

# Enough to fill a window at once, few enough to be polite.
CONNECTIONS = 20

# So many of ten slots stay free for live events and actions while a resync runs.
RESERVED_TENTHS = 1

# A Redis that is not there must cost less than the request it paces.
REDIS_PATIENCE = 2.0


class Runtime:
    """What the handlers share. It is made at start, its client when the first request is due."""

    def __init__(self) -> None:
        self.settings: Settings = read_settings(ocean.integration_config)
        self.knowledge = Knowledge()

    @functools.cached_property
    def client(self) -> StatuspageClient:
        """The client."""
        clock = Clock()
        settings = self.settings
        return StatuspageClient(
            Transport(
                # Ocean's client brings proxies, certificates and, hosted by Port, the guard
                # against private addresses.
                http=OceanAsyncClient(
                    timeout=httpx.Timeout(ocean.config.client_timeout, pool=None),
                    limits=httpx.Limits(max_connections=CONNECTIONS),
                ),
                host=settings.host,
                auth=KeyAuth(settings.api_key),
                pacer=Pacer(
                    _window(settings, clock),
                    clock,
                    limit=settings.requests_per_minute,
                    reserve=_reserve(settings),
                ),
                clock=clock,
            )
        )

    def snapshot(self) -> Snapshot:
        """Start a new reading of everything."""
        return Snapshot(self.client, self.settings.page_ids, self.knowledge)

    def learn_pages(self, pages: list[Raw]) -> None:
        """Remember the list of pages, whoever has read it."""
        now = self.client.transport.clock.now()
        self.knowledge.learn_pages(choose(pages, self.settings.page_ids).pages, now)

    @functools.cached_property
    def desk(self) -> Desk:
        """Where live events go."""
        settings = self.settings
        trusted = settings.webhook_secret is not None or from_stream()
        behind_resync = BehindResync(
            publish,
            lambda hint: self.desk.note(hint),  # noqa: PLW0108 (there is no desk yet)
            resync_runs,
            self.client.transport.clock,
        )
        desk = Desk(
            self.client,
            self.knowledge,
            publish if ocean.config.event_listener.should_resync else behind_resync,
            Unlimited() if trusted else Guarded(settings.requests_per_minute),
            settings.page_ids,
        )
        # Before Ocean closes what the desk needs to finish.
        signal_handler.register(desk.close, priority=1)
        return desk


async def resync_runs() -> bool:
    """Ask Port whether a resync of ours is under way, in whatever process."""
    integration = await ocean.port_client.get_current_integration(should_log=False)
    return (integration.get("resyncState") or {}).get("status") == "running"


def _window(settings: Settings, clock: Clock) -> Window:
    if settings.redis_url is None:
        return LocalWindow(clock)
    redis = Redis.from_url(
        settings.redis_url, socket_timeout=REDIS_PATIENCE, socket_connect_timeout=REDIS_PATIENCE
    )
    return SharedWindow(redis, settings.api_key, clock)


def _reserve(settings: Settings) -> int:
    """Reserve slots where somebody may need them: here, or in a pod that shares the window."""
    listener = ocean.config.event_listener
    interactive = listener.should_process_webhooks or listener.should_run_actions
    if not interactive and settings.redis_url is None:
        return 0
    return settings.requests_per_minute * RESERVED_TENTHS // 10
