"""Where hints wait until their objects have been read again and brought into the catalog.

One page is looked at after the other, and what was found is in the catalog before the next look
begins. So whatever order events come in, an older state is never written over a newer one, and a
burst of events about one change is one look.
"""

import asyncio
import contextvars
import logging
import math
from collections.abc import Iterable, Sequence

from advice import sentence
from resync.knowledge import Knowledge
from statuspage import StatuspageClient, StatuspageError, page_status

from .answered import is_answered
from .budget import Budget
from .hints import Hint, Subject
from .look import Found, look
from .pending import Entry, Pending
from .publishing import Publisher
from .roster import Roster
from .telling import told
from .underway import Underway

logger = logging.getLogger(__name__)

# A full window frees its first slot within a minute; whoever waits longer waits for the resync.
PATIENCE = 90.0

# After an error, and how often.
AGAIN_AFTER = (5.0, 15.0, 45.0)

# At the end there is time for what is under way, not more.
LAST_ORDERS = 3.0

# A wait that is too short to be one: no sleep ends to the nanosecond.
A_MOMENT = 0.001


class Desk:
    """Takes hints; looks at what they name as soon as budget and window allow."""

    def __init__(
        self,
        client: StatuspageClient,
        knowledge: Knowledge,
        publish: Publisher,
        budget: Budget,
        page_ids: Sequence[str] = (),
    ) -> None:
        self._client = client.urgent
        self._clock = client.clock
        self._knowledge = knowledge
        self._publish = publish
        self._budget = budget
        self.roster = Roster(self._client, knowledge, page_ids)
        self._pending = Pending()
        self._underway = Underway()
        self._open: set[asyncio.Future[None]] = set()
        self._news = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None

    def needs(self, hint: Hint) -> bool:
        """Tell whether a hint is of one of our pages, and names anything that is not known."""
        return (
            self.roster.serves(hint.page_id)
            and not self._is_answered(hint)
            and not self._pending.holds(hint)
        )

    def lets_in(self, hint: Hint) -> bool:
        """Tell whether a hint is needed, and no other one on its way here takes it along."""
        return self.needs(hint) and self._underway.enter(hint, self._clock.now())

    def note(self, hint: Hint) -> asyncio.Future[None]:
        """Take a hint; the future is done when it has been dealt with, whatever came of it."""
        hint = self._underway.leave(hint)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = Entry(hint, since=self._clock.now(), waiting=[future])
        if not self.roster.serves(hint.page_id) or self._is_answered(hint):
            entry.done()
        elif not self._pending.add(entry):
            logger.warning("Page %s is flooded with events: only its lists are read", hint.page_id)
            entry.done()
        else:
            self._open.add(future)
            future.add_done_callback(self._open.discard)
            self._wake()
        return future

    async def close(self) -> None:
        """Finish what is under way, within seconds; the next resync brings the rest."""
        if self._open:
            await asyncio.wait(self._open, timeout=LAST_ORDERS)
        if self._open:
            logger.warning(
                "Stopped with %d live events open: the next resync brings them", len(self._open)
            )
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    def _wake(self) -> None:
        self._news.set()
        if self._worker is None or self._worker.done():
            # It outlives the event that happened to wake it, so it takes nothing of its context.
            self._worker = asyncio.create_task(self._work(), context=contextvars.Context())

    async def _work(self) -> None:
        while True:
            self._news.clear()
            page_id, wait = self._next()
            if page_id is None:
                await self._news_or(wait)
                continue
            entries = self._pending.take(page_id, self._clock.now(), A_MOMENT)
            try:
                await self._serve(page_id, entries)
            except Exception:
                logger.exception("Events of page %s failed, by a fault of ours", page_id)
                _done(entries)

    def _next(self) -> tuple[str | None, float | None]:
        """Return the page to look at now, or else how long to wait for one."""
        now = self._clock.now()
        waits: dict[str, float] = {}
        for page_id, due in self._pending.due().items():
            if self.roster.serves(page_id):
                waits[page_id] = max(due - now, self._budget.wait(page_id, now))
            else:
                _done(self._pending.take(page_id, math.inf))
        ready = next((page_id for page_id, wait in waits.items() if wait <= A_MOMENT), None)
        return ready, min(waits.values(), default=None)

    async def _news_or(self, seconds: float | None) -> None:
        """Wait for a hint, or so long."""
        waiting = {asyncio.ensure_future(self._news.wait())}
        if seconds is not None:
            waiting.add(asyncio.ensure_future(self._clock.sleep(seconds)))  # type: ignore[arg-type]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    async def _serve(self, page_id: str, entries: list[Entry]) -> None:
        """Bring what some hints about a page name into the catalog."""
        _done(entry for entry in entries if self._is_answered(entry.hint))
        entries = [entry for entry in entries if not self._is_answered(entry.hint)]
        if not entries:
            return
        try:
            found = await self._look(page_id, [entry.hint for entry in entries])
        except TimeoutError:
            self._give_up(page_id, entries, f"no answer within {PATIENCE:.0f} seconds")
        except StatuspageError as error:
            self._again(page_id, entries, sentence(error))
        else:
            if found is None:
                _done(entries)
            else:
                await self._bring(found, entries)

    async def _look(self, page_id: str, hints: list[Hint]) -> Found | None:
        found = Found({}, requests=self.roster.cost(page_id))
        try:
            async with asyncio.timeout(PATIENCE):
                page = await self.roster.page(page_id)
                if page is None:
                    return None
                found.page = page
                await look(self._client, self._knowledge, found, hints)
                return found
        finally:
            self._budget.spend(page_id, found.requests, self._clock.now())

    async def _bring(self, found: Found, entries: list[Entry]) -> None:
        """Publish what was found. Resyncs know of it before, so that they do not overwrite it."""
        newest = self._knowledge.newest
        objects = list(found.objects())
        for kind, object_id, raw in objects:
            newest.note(kind, object_id, raw, found.read_at, found.page["id"])
        try:
            if objects:
                await self._publish(found)
        except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
            # What is not in Port is no answer to any event.
            for kind, object_id, _ in objects:
                newest.forget(kind, object_id)
            self._again(found.page["id"], entries, f"Port does not take them ({error}).")
            return
        self._settle(found, entries)

    def _settle(self, found: Found, entries: list[Entry]) -> None:
        page_id, now = found.page["id"], self._clock.now()
        failed = [entry for entry in entries if entry.hint in found.failed]
        if failed:
            self._again(page_id, failed, sentence(found.failed[failed[0].hint]))
        for entry in entries:
            if entry.hint in found.left:
                self._wait_on(entry)
            elif entry.hint not in found.failed:
                entry.done()
        if found.unsettled is not None:
            again = Hint(page_id, Subject.PAGE, page_id, groups=found.unsettled)
            self._wait_on(Entry(again, now, not_before=now + page_status.CACHED_FOR))
        logger.info("%s", told(found, min(entry.since for entry in entries), now))

    def _again(self, page_id: str, entries: list[Entry], problem: str) -> None:
        """Try later, and not forever."""
        hopeless = [entry for entry in entries if entry.attempts >= len(AGAIN_AFTER)]
        others = [entry for entry in entries if entry.attempts < len(AGAIN_AFTER)]
        if hopeless:
            self._give_up(page_id, hopeless, problem)
        if not others:
            return
        wait = AGAIN_AFTER[max(entry.attempts for entry in others)]
        logger.warning("Events of page %s wait %.0f s: %s", page_id, wait, problem)
        for entry in others:
            entry.attempts += 1
            entry.not_before = self._clock.now() + wait
            self._wait_on(entry)

    def _wait_on(self, entry: Entry) -> None:
        if not self._pending.add(entry):
            entry.done()

    def _give_up(self, page_id: str, entries: Iterable[Entry], problem: str) -> None:
        logger.warning("Events of page %s are left to the next resync: %s", page_id, problem)
        _done(entries)

    def _is_answered(self, hint: Hint) -> bool:
        return is_answered(self._knowledge, hint, self._clock.now())


def _done(entries: Iterable[Entry]) -> None:
    for entry in entries:
        entry.done()
