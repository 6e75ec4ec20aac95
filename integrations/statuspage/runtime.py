"""What the handlers share."""

import functools

from port_ocean.context.ocean import ocean
from port_ocean.utils.signal import signal_handler

from client import read_configuration, statuspage_client
from live_events.behind_resync import BehindResync
from live_events.budget import Guarded, Unlimited
from live_events.desk import Desk
from live_events.processors import from_stream
from live_events.publishing import publish
from resync.knowledge import Knowledge
from resync.snapshot import Snapshot, choose
from settings import Settings
from statuspage import Raw, StatuspageClient


class Runtime:
    """What the handlers share. It is made at start, its client when the first request is due."""

    def __init__(self) -> None:
        self.settings: Settings = read_configuration()
        self.knowledge = Knowledge()

    @functools.cached_property
    def client(self) -> StatuspageClient:
        """The client."""
        return statuspage_client(self.settings)

    def snapshot(self) -> Snapshot:
        """Start a new reading of everything."""
        return Snapshot(self.client, self.settings.page_ids, self.knowledge)

    def learn_pages(self, pages: list[Raw]) -> None:
        """Remember the list of pages, whoever has read it."""
        now = self.client.clock.now()
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
            self.client.clock,
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
