"""Looks at every source and at the page, and does what follows: one pass at a time."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from statuspage import StatuspageError

from .core.alert import Account, Alert
from .core.decision import Action, Decision
from .core.memory import Memory
from .core.plan import plan
from .core.published import ours
from .core.rules import Rules
from .core.situation import Situation
from .errors import PageFailed, SourceUnread
from .page import Page
from .proposals.proposals import Proposals
from .sources.source import Reader

log = logging.getLogger(__name__)

# Each costs the page's key a request at least, of 60 a minute that others use too.
MOST_PASSES, PER_SECONDS = 20, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What came of one pass."""

    at: datetime
    decisions: Sequence[Decision]
    unread: dict[Account, str]
    failed: dict[str, str]


@dataclass(slots=True)
class Reconciler:
    """Holds what is remembered between passes."""

    page: Page
    sources: Sequence[Reader]
    rules: Rules = field(default_factory=Rules)
    only_pushed: frozenset[Account] = frozenset()
    dry_run: bool = False
    proposals: Proposals = field(default_factory=Proposals)
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    last: Pass | None = None
    trouble: str | None = None
    _memory: Memory = field(init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _next: asyncio.Task[Pass] | None = None
    _begun: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_PASSES))
    _told: dict[str, Decision] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to remember."""
        self._memory = Memory(self.utc())

    def push(self, alerts: Iterable[Alert]) -> None:
        """Take in what a source says; the next pass acts on it."""
        self._memory = self._memory.pushed(alerts)

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
                self.last = await self._pass()
            except StatuspageError as error:
                self.trouble = str(error)
                raise PageFailed(f"The status page could not be read. {error}") from error
            self.trouble = None
            return self.last

    async def _pass(self) -> Pass:
        unread = await self._read_sources()
        now = self.utc()
        self._memory = self._memory.at(now, self.rules)
        rows = await self.page.open_incidents()
        memory, rules = await self._located(now)
        situation = Situation(
            now=now,
            memory=memory,
            rules=rules,
            incidents=ours(rows),
            unread=frozenset(unread),
            only_pushed=self.only_pushed,
        )
        decisions = plan(situation)
        if any(one.begins for one in decisions):
            newest = ours(await self.page.newest_incidents())
            situation = replace(
                situation,
                incidents=[*situation.incidents, *(one for one in newest if one.is_over)],
                maintained=await self.page.maintained(),
            )
            decisions = plan(situation)
        failed = await self._carry_out(decisions, rows, now)
        return Pass(at=now, decisions=decisions, unread=unread, failed=failed)

    async def _read_sources(self) -> dict[Account, str]:
        now = self.utc()
        answers = await asyncio.gather(
            *(source.read(now) for source in self.sources), return_exceptions=True
        )
        unread: dict[Account, str] = {}
        for source, answer in zip(self.sources, answers, strict=True):
            if isinstance(answer, list):
                self._memory = self._memory.read(source.account, answer, now)
            elif isinstance(answer, Exception):
                unread[source.account] = str(answer)
                # A fault of ours in one source must not end the others.
                trace = None if isinstance(answer, SourceUnread) else answer
                log.warning("%s Nothing is closed that it may hold.", answer, exc_info=trace)
            else:
                raise answer
        return unread

    async def _located(self, now: datetime) -> tuple[Memory, Rules]:
        """Return what is remembered and the rules, with ids instead of names of components."""
        alerts = list(self._memory.alerts.values())
        named = [*(alert.component for alert in alerts), *self.rules.components]
        ids = await self.page.ids(named, now)
        known = (
            replace(alert, component=ids[alert.component])
            for alert in alerts
            if alert.component in ids
        )
        memory = replace(self._memory, alerts={alert.key: alert for alert in known})
        return memory, self.rules.located(ids)

    async def _carry_out(
        self, decisions: Sequence[Decision], rows: Sequence[dict[str, Any]], now: datetime
    ) -> dict[str, str]:
        failed = {}
        for one in decisions:
            self._tell(one)
            if one.action is Action.LEAVE or one.draft or self.dry_run:
                continue
            try:
                written = await self.page.carry_out(one, rows, now)
            except StatuspageError as error:
                failed[one.subject] = str(error)
                log.error("%s: %s failed. %s", one.subject, one.action, error)  # noqa: TRY400 (a sentence, no traceback)
                continue
            for fault in written.faults:
                failed[one.subject] = fault
                log.error("%s: %s", one.subject, fault)
        if not self.dry_run:
            drafts = [one for one in decisions if one.draft]
            failed |= await self.proposals.make(self.page, drafts)
        self._told = {one.key: one for one in decisions}
        return failed

    def _tell(self, one: Decision) -> None:
        """Write down a decision, unless it is the same as in the pass before."""
        if self._told.get(one.key) == one:
            return
        would = "would " if self.dry_run and one.action is not Action.LEAVE else ""
        if one.draft:
            would = "proposes to "
        names = ", ".join(self.page.name_of(id_) for id_ in sorted(one.components))
        log.info("%s%s %s (%s): %s", would, one.action, names, one.subject, one.reason)


def _look_at(task: asyncio.Task[Pass]) -> None:
    """Whoever waited has its failure already; where all have gone, nobody else looks at it."""
    if not task.cancelled():
        task.exception()
