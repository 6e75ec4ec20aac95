"""A desk between a world and a catalog, and a door before it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from live_events.budget import Budget, Unlimited
from live_events.desk import Desk
from live_events.hints import hint_of
from resync.knowledge import Knowledge
from statuspage import StatuspageClient
from tests.account import Account, Raw
from tests.virtual_time import now

from .catalog import Catalog
from .world import Network, World

# Longer than any look, with all that may follow it.
LONG = 300.0


class AtWork:
    """Everything from the webhook to the catalog, on virtual time."""

    def __init__(
        self, world: World, network: Network, client: StatuspageClient, budget: Budget
    ) -> None:
        self.world = world
        self.account = world.account
        self.network = network
        self.client = client
        self.knowledge = Knowledge()
        self.catalog = Catalog()
        self.told: set[tuple[str, str]] = set()
        self.desk = Desk(client, self.knowledge, self.catalog.publish, budget)

    def know(self) -> None:
        """Know the pages, as after a resync."""
        self.knowledge.learn_pages([page.raw for page in self.account.pages.values()], now())

    def resynced(self) -> None:
        """Know the pages, and have everything in the catalog."""
        self.know()
        self.catalog.load(self.account)

    def tell(self, *events: Raw) -> list[asyncio.Future[None]]:
        """Deliver webhooks; what brings no news is turned away at the door."""
        taken = []
        for event in events:
            hint = hint_of(event)
            if hint is not None:
                self.told.add((hint.subject.value, hint.id))
                if self.desk.needs(hint):
                    taken.append(self.desk.note(hint))
        return taken

    async def tell_and_wait(self, *events: Raw) -> int:
        """Deliver webhooks and wait until they are dealt with; return the requests it took."""
        before = len(self.account.counted)
        taken = self.tell(*events)
        if taken:
            await asyncio.wait(taken)
        return len(self.account.counted) - before


@asynccontextmanager
async def at_work(budget: Budget | None = None, *, reserve: int = 0) -> AsyncIterator[AtWork]:
    """Put a desk to work."""
    account = Account(now)
    network = Network(account)
    work = AtWork(World(account), network, network.client(reserve=reserve), budget or Unlimited())
    try:
        yield work
    finally:
        await work.desk.close()
