"""Looks at every source and at the page, and does what follows: one pass at a time."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from statuspage import StatuspageError

from .core.alert import Account, Alert
from .core.decision import Action, Decision
from .core.memory import Memory
from .core.passes import Pass
from .core.published import ours
from .core.rules import Rules
from .deciding import Deciding
from .destination import Destination
from .errors import BridgeError, PageFailed
from .metrics import Metrics
from .proposals.proposals import Proposals
from .reading import Found, read_all
from .sources.source import Reader
from .state.state import State, Turn

log = logging.getLogger(__name__)

type Raw = dict[str, Any]

# Each costs the page's key a request at least, of 60 a minute that others use too.
MOST_PASSES, PER_SECONDS = 20, 60.0


@dataclass(slots=True)
class Reconciler:
    """Makes the passes, one after the other."""

    page: Destination
    sources: Sequence[Reader]
    state: State
    rules: Rules = field(default_factory=Rules)
    only_pushed: frozenset[Account] = frozenset()
    dry_run: bool = False
    proposals: Proposals = field(default_factory=Proposals)
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    metrics: Metrics = field(default_factory=Metrics)
    last: Pass | None = None
    trouble: str | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _next: asyncio.Task[Pass] | None = None
    _begun: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_PASSES))

    async def reconcile(self) -> Pass:
        """Return what came of a pass that began after this was called.

        All who wait while one is under way share the next. Who gives up ends none.
        """
        if self._next is None or self._next.done():
            self._next = asyncio.create_task(self._in_turn())
            self._next.add_done_callback(_look_at)
        return await asyncio.shield(self._next)

    async def settle(self) -> None:
        """Wait until no pass is under way."""
        while self._next is not None or self._turn.locked():
            if self._next is not None:
                await asyncio.wait([self._next])
            async with self._turn:
                pass

    async def _in_turn(self) -> Pass:
        async with self._turn:
            if len(self._begun) == MOST_PASSES:
                rest = self._begun[0] + PER_SECONDS - self.monotonic()
                if rest > 0:
                    log.info("Many events: the next pass begins in %.0f s.", rest)
                    await self.sleep(rest)
            self._begun.append(self.monotonic())
            self._next = None
            try:
                async with self.state.turn() as turn:
                    self.last = await (self._pass(turn) if turn.is_needed else self._by_another())
            except BridgeError:
                self.metrics.failed()
                raise
            except StatuspageError as error:
                self.metrics.failed()
                self.trouble = str(error)
                raise PageFailed(f"The status page could not be read. {error}") from error
            self.trouble = None
            return self.last

    async def preview(self, pushed: Sequence[Alert] = ()) -> Pass:
        """Return what a pass would do now, with these alerts besides; nothing is written."""
        now = self.utc()
        found = await read_all(self.sources, now)
        memory = found.taken_over(await self.state.memory()).pushed(pushed).at(now, self.rules)
        rows = await self.page.open_incidents()
        decisions = await self._decide(memory, found, rows, now)
        return Pass(at=now, decisions=decisions, unread=found.why())

    async def _by_another(self) -> Pass:
        """Return what came of the pass that another replica made meanwhile."""
        return await self.state.last_pass() or Pass(at=self.utc())

    async def _pass(self, turn: Turn) -> Pass:
        begun = self.monotonic()
        found = await read_all(self.sources, self.utc())
        now = self.utc()
        memory = await self.state.change_memory(
            lambda memory: found.taken_over(memory).at(now, self.rules)
        )
        rows = await self.page.open_incidents()
        await self.state.note_open([one for one in ours(rows) if not one.is_over], now)
        decisions = await self._decide(memory, found, rows, now)
        failed = await self._carry_out(decisions, rows, now, turn)
        over = Pass(at=now, decisions=decisions, unread=found.why(), failed=failed)
        await self.state.note_pass(over, dry_run=self.dry_run)
        self.metrics.passed(over, self.monotonic() - begun, dry_run=self.dry_run)
        self.metrics.read([source.account for source in self.sources], over)
        return over

    async def _decide(
        self, memory: Memory, found: Found, rows: Sequence[Raw], now: datetime
    ) -> list[Decision]:
        deciding = Deciding(
            page=self.page, state=self.state, rules=self.rules, only_pushed=self.only_pushed
        )
        return await deciding.decide(memory, frozenset(found.unread), rows, now)

    async def _carry_out(
        self, decisions: Sequence[Decision], rows: Sequence[Raw], now: datetime, turn: Turn
    ) -> dict[str, str]:
        failed: dict[str, str] = {}
        new = await self.state.note_decided(decisions, now, self.page.name_of)
        for one in new:
            self._tell(one)
        for one in decisions:
            if one.action is Action.LEAVE or one.draft or self.dry_run:
                continue
            await turn.check()
            try:
                done = await self.page.carry_out(one, rows, now)
            except StatuspageError as error:
                failed[one.subject] = str(error)
                log.error("%s: %s failed. %s", one.subject, one.action, error)  # noqa: TRY400 (a sentence, no traceback)
                continue
            for fault in done.faults:
                failed[one.subject] = fault
                log.error("%s: %s", one.subject, fault)
            if one.action is Action.OPEN:
                await self.state.note_open(ours([done.incident]), now)
            elif one.action is Action.RESOLVE and one.incident is not None:
                await self.state.forget_incident(one.incident)
        if not self.dry_run:
            drafts = [one for one in decisions if one.draft]
            failed |= await self.proposals.make(self.page, drafts, {one.key for one in new})
        return failed

    def _tell(self, one: Decision) -> None:
        would = "would " if self.dry_run and one.action is not Action.LEAVE else ""
        if one.draft:
            would = "proposes to "
        names = ", ".join(self.page.name_of(id_) for id_ in sorted(one.components))
        log.info("%s%s %s (%s): %s", would, one.action, names, one.subject, one.reason)


def _look_at(task: asyncio.Task[Pass]) -> None:
    """Whoever waited has its failure already; where all have gone, nobody else looks at it."""
    if not task.cancelled():
        task.exception()
