"""The worker between a world and a catalog, from the webhook on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from live_events.notification import notification_of
from live_events.queue import Queue
from live_events.worker import Worker
from loading.pipeline import behind_last_batch
from publishing.cache import Cache
from publishing.resync_overlap import ResyncOverlap
from resync.known_pages import KnownPages
from resync.served_pages import ServedPages
from statuspage import StatuspageClient
from tests.account import Account, Raw
from tests.network import Network
from tests.virtual_time import now

from .catalog import Catalog
from .world import World

# Longer than any reading, with all that may follow it.
LONG = 300.0


class Live:
    """Everything from the webhook to the catalog, on virtual time."""

    def __init__(self, world: World, network: Network, client: StatuspageClient) -> None:
        self.world = world
        self.account = world.account
        self.network = network
        self.client = client
        self.clock = client.clock
        self.known = KnownPages()
        self.catalog = Catalog()
        self.told: set[tuple[str, str]] = set()
        self.cache = Cache()
        self.queue = Queue(self.clock)
        self.overlap = ResyncOverlap(
            self.cache,
            self.catalog.publish,
            self.catalog.resyncs,
            self.queue.read_again,
            self.clock,
            behind_last_batch,
        )
        pages = ServedPages(client.urgent, self.known)
        self.worker = Worker(client.urgent, pages, self.queue, self.cache, self.overlap)

    def know(self) -> None:
        """Know the pages, as after a resync."""
        self.known.learn([page.raw for page in self.account.pages.values()], now())

    def resynced(self) -> None:
        """Know the pages, and have everything in the catalog."""
        self.know()
        self.catalog.load(self.account)

    def tell(self, *events: Raw) -> list[asyncio.Future[None]]:
        """Deliver webhooks."""
        taken = []
        self.worker.start()
        for event in events:
            if (notification := notification_of(event)) is not None:
                self.told.add((notification.kind.value, notification.id))
                taken.append(self.queue.put(notification))
        return taken

    async def tell_and_wait(self, *events: Raw) -> int:
        """Deliver webhooks and wait until they are dealt with; return the requests it took."""
        before = len(self.account.counted)
        if taken := self.tell(*events):
            await asyncio.wait(taken)
        return len(self.account.counted) - before

    async def close(self) -> None:
        await self.worker.close()
        self.overlap.close()


@asynccontextmanager
async def live(*, reserve: int = 0) -> AsyncIterator[Live]:
    """Put a worker to work."""
    account = Account(now)
    network = Network(account)
    work = Live(World(account), network, network.client(reserve=reserve))
    try:
        yield work
    finally:
        await work.close()
