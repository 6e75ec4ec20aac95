"""A resync as Ocean runs it: one event, and in it one kind after the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from port_ocean.context.event import EventType, event, event_context
from port_ocean.context.resource import resource_context

from integration import StatuspagePortAppConfig
from resync.changes import ChangedIncidents
from resync.complete_lists import HeldBefore
from resync.everywhere import everywhere
from resync.session import session
from resync.snapshot import Snapshot
from resync.streams import Incidents
from tests.account import Account
from tests.network import Network

from .histories import CURSOR
from .reading import STREAMS, contents


def config_of(*kinds: str) -> StatuspagePortAppConfig:
    """Return a mapping of some kinds."""
    entity = {"identifier": ".id", "blueprint": '"any"'}
    return StatuspagePortAppConfig(
        resources=[
            {
                "kind": kind,
                "selector": {"query": "true"},
                "port": {"entity": {"mappings": entity}},
            }
            for kind in kinds
        ]
    )


class Resync:
    """A resync as Ocean runs it: one event, and in it one kind after the other."""

    def __init__(self, account: Account, *kinds: str) -> None:
        self.network = Network(account)
        self.config = config_of(*kinds)
        self.opened = 0
        self.task: asyncio.Task[int] | None = None

    def open(self, _: HeldBefore) -> Snapshot:
        """Open a snapshot, and count it."""
        self.opened += 1
        return Snapshot(self.network.client())

    @asynccontextmanager
    async def running(self, event_type: str = EventType.RESYNC) -> AsyncIterator[None]:
        """Run an event."""
        async with event_context(event_type, trigger_type="machine"):
            event.port_app_config = self.config
            yield

    async def kind(self, index: int) -> AsyncIterator[list[dict[str, Any]]]:
        """Read one kind, as main.py does."""
        config = self.config.resources[index]
        async with session(self.open) as current:
            async for batch in everywhere(current.snapshot, STREAMS[config.kind]):
                yield contents(batch)

    async def changes(self, index: int) -> AsyncIterator[list[dict[str, Any]]]:
        """Read what changed of incidents, as main.py does."""
        async with session(self.open) as current:
            changed = ChangedIncidents(current.changes, CURSOR, Incidents())
            async for batch in everywhere(current.snapshot, changed):
                yield contents(batch)

    async def read(self, index: int, *, incremental: bool = False) -> int:
        """Read one kind to its end, in its own resource context and task, as Ocean does."""
        handler = self.changes if incremental else self.kind
        async with resource_context(self.config.resources[index], index):

            async def load() -> int:
                return sum([len(batch) async for batch in handler(index)])

            self.task = asyncio.create_task(load())
            return await self.task
