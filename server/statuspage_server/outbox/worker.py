"""Sends what is queued: at once to different subscribers, one after another to each."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from statuspage_server.core.moments import Clock
from statuspage_server.errors import ServerError
from statuspage_server.outbox.payload import payload_for
from statuspage_server.outbox.queue import (
    Delivery,
    anyone_to_purge,
    anything_due,
    claim_deliveries,
    mark_delivered,
    mark_failed,
    purge,
)
from statuspage_server.outbox.sender import WebhookSender
from statuspage_server.storage.database import Database

log = logging.getLogger("statuspage_server")

AT_ONCE = 20


@dataclass
class OutboxWorker:
    database: Database
    sender: WebhookSender
    clock: Clock
    public_url: Callable[[], str]
    allow_private: Callable[[], bool]
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def start_due(self) -> None:
        """Begin what is due, as far as there is room, and do not wait for it."""
        now, room = self.clock(), AT_ONCE - len(self._running)
        if room < 1 or not await self.database.read(lambda c: anything_due(c, now)):
            return
        for delivery in await self.database.write(lambda c: claim_deliveries(c, now, room)):
            task = asyncio.create_task(self._deliver(delivery))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def deliver_due(self) -> None:
        """Begin what is due and wait until nothing is left to do now."""
        await self.start_due()
        while self._running:
            await asyncio.gather(*self._running)
            await self.start_due()

    async def stop(self) -> None:
        """Deliveries that are cut off here are made again after the next start."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.sender.close()

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            await self._deliver_one(delivery)
            # The next of the same subscriber has waited for this one.
            await self.start_due()
        except ServerError as error:
            log.error("A notification's outcome could not be noted: %s", error)  # noqa: TRY400 - a sentence, not a traceback

    async def _deliver_one(self, delivery: Delivery) -> None:
        payload = payload_for(delivery, self.public_url())
        fault = await self.sender.deliver(
            delivery.endpoint, payload, allow_private=self.allow_private()
        )
        if fault is None:
            await self.database.write(lambda c: mark_delivered(c, delivery))
            return
        now = self.clock()
        quarantined = await self.database.write(lambda c: mark_failed(c, delivery, now))
        # The endpoint may hold a secret, so the log names the subscriber.
        end = "; it is in quarantine now" if quarantined else ""
        log.warning("Notifying subscriber %s failed: %s%s.", delivery.subscriber_id, fault, end)

    async def purge_old(self) -> None:
        now = self.clock()
        if await self.database.read(lambda connection: anyone_to_purge(connection, now)):
            await self.database.write(lambda connection: purge(connection, now))
