"""Sends what is queued: at once to different subscribers, one after another to each."""

import asyncio
import logging
from dataclasses import dataclass, field

from statuspage_server.core.chat import CHAT_MODES
from statuspage_server.core.delivery import Outcome, Verdict
from statuspage_server.core.moments import Clock
from statuspage_server.errors import ServerError
from statuspage_server.outbox.channels import Channels
from statuspage_server.outbox.purge import anyone_to_purge, purge
from statuspage_server.outbox.queue import (
    Delivery,
    anything_due,
    claim_deliveries,
    mark_delivered,
    mark_failed,
    mark_postponed,
)
from statuspage_server.storage.database import Database

log = logging.getLogger("statuspage_server")


@dataclass(frozen=True)
class _Lane:
    """Kinds of subscribers with room of their own: a slow mail server keeps no webhook waiting."""

    modes: tuple[str, ...]
    at_once: int
    running: set[asyncio.Task[None]] = field(default_factory=set)


def _lanes() -> tuple[_Lane, ...]:
    return (_Lane(("webhook",), 20), _Lane(("email",), 5), _Lane(CHAT_MODES, 5))


@dataclass
class OutboxWorker:
    database: Database
    channels: Channels
    clock: Clock
    _lanes: tuple[_Lane, ...] = field(default_factory=_lanes)

    async def start_due(self) -> None:
        """Begin what is due, as far as there is room, and do not wait for it."""
        for lane in self._lanes:
            await self._start_lane(lane)

    async def _start_lane(self, lane: _Lane) -> None:
        now, room = self.clock(), lane.at_once - len(lane.running)
        if room < 1 or not await self.database.read(lambda c: anything_due(c, now, lane.modes)):
            return
        claimed = await self.database.write(lambda c: claim_deliveries(c, now, room, lane.modes))
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery, lane))
            lane.running.add(task)
            task.add_done_callback(lane.running.discard)

    async def deliver_due(self) -> None:
        """Begin what is due and wait until nothing is left to do now."""
        await self.start_due()
        while running := self._running():
            await asyncio.gather(*running)
            await self.start_due()

    def _running(self) -> list[asyncio.Task[None]]:
        return [task for lane in self._lanes for task in lane.running]

    async def stop(self) -> None:
        """Deliveries that are cut off here are made again after the next start."""
        running = self._running()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self.channels.senders.close()

    async def _deliver(self, delivery: Delivery, lane: _Lane) -> None:
        try:
            await self._note(delivery, await self._outcome(delivery))
            # The next of the same subscriber has waited for this one.
            await self._start_lane(lane)
        except ServerError as error:
            log.error("A notification's outcome could not be noted: %s", error)  # noqa: TRY400 - a sentence, not a traceback

    async def _outcome(self, delivery: Delivery) -> Outcome:
        try:
            return await self.channels.deliver(delivery)
        except Exception:
            # A fault of ours: this one is tried again like any other, and the rest goes on.
            log.exception("A notification failed in an unexpected way")
            return Outcome(Verdict.FAILED, "an unexpected fault")

    async def _note(self, delivery: Delivery, outcome: Outcome) -> None:
        now = self.clock()
        if outcome.verdict is Verdict.DELIVERED:
            await self.database.write(lambda c: mark_delivered(c, delivery))
            return
        if outcome.verdict is Verdict.POSTPONED:
            await self.database.write(lambda c: mark_postponed(c, delivery, now))
            return
        refused = outcome.verdict is Verdict.REFUSED
        quarantined = await self.database.write(
            lambda c: mark_failed(c, delivery, now, refused=refused)
        )
        # The address is a secret or a person's, so the log names the subscriber.
        end = "; it is in quarantine now" if quarantined else ""
        log.warning(
            "Notifying subscriber %s failed: %s%s.", delivery.subscriber_id, outcome.reason, end
        )

    async def purge_old(self) -> None:
        now = self.clock()
        if await self.database.read(lambda connection: anyone_to_purge(connection, now)):
            await self.database.write(lambda connection: purge(connection, now))
