"""Emptying the outbox: side by side for different subscribers, one after another for each."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from statuspage_server.core.moments import Clock
from statuspage_server.errors import ServerError
from statuspage_server.outbox.addressed import addressed
from statuspage_server.outbox.parcels import (
    Parcel,
    anyone_to_purge,
    anything_due,
    purge,
    put_down_delivered,
    put_down_failed,
    take_parcels,
)
from statuspage_server.outbox.post import Postman
from statuspage_server.storage.database import Database

log = logging.getLogger("statuspage_server")

SIDE_BY_SIDE = 20


@dataclass
class OutboxRounds:
    database: Database
    postman: Postman
    clock: Clock
    public_url: Callable[[], str]
    allow_private: Callable[[], bool]
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def start_due(self) -> None:
        """Begin what is due, as far as there is room, and do not wait for it."""
        now, room = self.clock(), SIDE_BY_SIDE - len(self._under_way)
        if room < 1 or not await self.database.read(lambda c: anything_due(c, now)):
            return
        for parcel in await self.database.write(lambda c: take_parcels(c, now, room)):
            task = asyncio.create_task(self._deliver(parcel))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def deliver_due(self) -> None:
        """Begin what is due and wait until nothing is left to do now."""
        await self.start_due()
        while self._under_way:
            await asyncio.gather(*self._under_way)
            await self.start_due()

    async def stop(self) -> None:
        """What is under way is given up and delivered again after the next start."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self.postman.close()

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            await self._deliver_one(parcel)
            # The next of the same subscriber has waited for this one.
            await self.start_due()
        except ServerError as error:
            log.error("A notification's outcome could not be noted: %s", error)  # noqa: TRY400 - a sentence, not a traceback

    async def _deliver_one(self, parcel: Parcel) -> None:
        payload = addressed(parcel, self.public_url())
        fault = await self.postman.deliver(
            parcel.endpoint, payload, allow_private=self.allow_private()
        )
        if fault is None:
            await self.database.write(lambda c: put_down_delivered(c, parcel))
            return
        now = self.clock()
        quarantined = await self.database.write(lambda c: put_down_failed(c, parcel, now))
        # The endpoint may hold a secret, so the log names the subscriber.
        end = "; it is in quarantine now" if quarantined else ""
        log.warning("Notifying subscriber %s failed: %s%s.", parcel.subscriber_id, fault, end)

    async def purge_old(self) -> None:
        now = self.clock()
        if await self.database.read(lambda connection: anyone_to_purge(connection, now)):
            await self.database.write(lambda connection: purge(connection, now))
