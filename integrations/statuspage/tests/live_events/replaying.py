"""Random changes and their webhooks, delivered as badly as it gets; and resyncs beside them."""

import asyncio
import copy
import random

from kinds import ObjectKind
from resync.everywhere import everywhere
from resync.known_pages import KnownPages
from resync.snapshot import Snapshot
from tests.account import Account, Page, Raw
from tests.network import Network
from tests.virtual_time import now

from .catalog import BLOCKS
from .live import Live
from .world import GOOD, STATUSES, World

STAGES = ["investigating", "identified", "monitoring", "resolved", "postmortem"]


class Replay(Live):
    """A worker, and a world that changes at random."""

    def __init__(self, chance: random.Random, *, private: bool, reserve: int = 0) -> None:
        account = Account(now)
        network = Network(account, chance)
        super().__init__(World(account), network, network.client(reserve=reserve))
        self.chance = chance
        self.delivered = 0
        for _ in range(2):
            page = self.world.page(groups=2, components=6, viewers_must_be_team_members=private)
            self.world.open_incident(page, "investigating", {})

    async def play(self, changes: int, every: float = 4.0) -> None:
        """Change something again and again; deliver each webhook once or more, early or late."""
        async with asyncio.TaskGroup() as deliveries:
            for _ in range(changes):
                await asyncio.sleep(self.chance.expovariate(1 / every))
                events = self._change(self.chance.choice(list(self.account.pages.values())))
                for event in copy.deepcopy(events):
                    for _ in range(self.chance.choice([1, 1, 2, 3])):
                        deliveries.create_task(self._deliver(event))

    async def _deliver(self, event: Raw) -> None:
        await asyncio.sleep(self.chance.choice([0, 0.5, 5, 60]) * self.chance.random())
        self.delivered += 1
        self.tell(event)

    def _change(self, page: Page) -> list[Raw]:
        rows = self.world.members(page)
        some = self.chance.sample(rows, self.chance.randint(0, min(3, len(rows))))
        affected = {row["id"]: self.chance.choice([*STATUSES, GOOD]) for row in some}
        match self.chance.choice(["component", "component", "open", "update", "update", "delete"]):
            case "component" if rows:
                row = self.chance.choice(rows)
                return self.world.set_component(page, row, self.chance.choice([*STATUSES, GOOD]))
            case "update" if page.incidents:
                incident = self.chance.choice(page.incidents)
                stage = self.chance.choice(STAGES)
                return self.world.update_incident(page, incident, stage, affected)
            case "delete" if len(page.incidents) > 1:
                # Nobody is told of it, but the webhooks of its last change find it gone.
                incident = self.chance.choice(page.incidents)
                events = self.world.update_incident(page, incident, STAGES[-1], affected)
                self.world.delete_incident(page, incident)
                return events
            case _:
                return self.world.open_incident(page, STAGES[0], affected)


async def resync(work: Live, loading: float, *, elsewhere: bool = False) -> None:
    """Run a full resync as Ocean does: batch after batch is loaded, then the rest is taken out.

    Another process knows nothing of what live events have read.
    """
    client = work.network.client() if elsewhere else work.client
    overlap = work.overlap
    if elsewhere:
        nothing_known = Live(work.world, work.network, client)
        overlap = nothing_known.overlap
    began = now()
    loaded: set[tuple[ObjectKind, str]] = set()
    snapshot = Snapshot(client, (), KnownPages() if elsewhere else work.known)
    with work.catalog.resync():
        snapshot.fetch_ahead(one for block in BLOCKS for one in block.stream.collections)
        for block in BLOCKS:
            kind, read = ObjectKind(block.kind), everywhere(snapshot, block.stream)
            async for batch in overlap.load(read, block.stream):
                await asyncio.sleep(loading)
                work.catalog.write(kind, batch)
                await asyncio.sleep(loading / 2)
                loaded |= {(kind, item["id"]) for item in batch}
        snapshot.close()
        work.catalog.reconcile(loaded, began)
