"""What a bridge remembers of its page, whatever keeps it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.decision import Decision
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.core.published import Published

from . import alerts, incidents, record
from .database import Database
from .schema import pages, webhooks

# PagerDuty may deliver a webhook again for two days.
WEBHOOKS_KEPT = timedelta(days=3)
# How often a replica looks whether it is its turn.
POLL_SECONDS = 0.1


class Turn:
    """That this bridge, and no other replica, plans for the page.

    `is_needed` is false where another has planned since this one asked.
    """

    def __init__(self, database: Database, held: Connection | None, *, is_needed: bool) -> None:
        self.is_needed = is_needed
        self._database = database
        self._held = held

    async def check(self) -> None:
        """Fail where it is over: before each write."""
        if self._held is not None:
            await self._database.check_lock(self._held)


@dataclass(slots=True)
class State:
    """All access for one page. Everything is on the disk when a call returns."""

    database: Database
    page: str
    record_kept: timedelta
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)

    def begin(self, now: datetime) -> None:
        """Begin to remember, unless somebody began before."""
        self.database.write_now(lambda connection: self._begin(connection, now))

    async def push(self, pushed: Sequence[Alert]) -> None:
        """Keep what a source says; the next pass acts on it, of whichever replica."""
        await self.database.write(lambda connection: alerts.push(connection, self.page, pushed))

    async def memory(self) -> Memory:
        """Return what is remembered of alerts."""
        return await self.database.read(lambda connection: alerts.load(connection, self.page))

    async def change_memory(self, how: Callable[[Memory], Memory]) -> Memory:
        """Change what is remembered of alerts, and return it."""
        return await self.database.write(
            lambda connection: alerts.change(connection, self.page, how)
        )

    async def has_seen(self, id_: str) -> bool:
        """Tell whether a webhook was acted on."""
        which = (webhooks.c.page == self.page, webhooks.c.id == id_)
        found = await self.database.read(
            lambda connection: connection.execute(select(webhooks.c.at).where(*which)).scalar()
        )
        return found is not None

    async def note_seen(self, id_: str, now: datetime) -> None:
        """Remember a webhook that was acted on."""

        def note(connection: Connection) -> None:
            old = webhooks.c.at < (now - WEBHOOKS_KEPT).timestamp()
            connection.execute(
                delete(webhooks).where(webhooks.c.page == self.page, (webhooks.c.id == id_) | old)
            )
            row = {"page": self.page, "id": id_, "at": now.timestamp()}
            connection.execute(insert(webhooks).values(row))

        await self.database.write(note)

    async def note_open(self, there: Sequence[Published], now: datetime) -> None:
        """Remember which incidents of ours are open."""
        await self.database.write(
            lambda connection: incidents.note_open(connection, self.page, there, now)
        )

    async def open_incidents(self) -> list[Published]:
        """Return which incidents of ours were open when they were seen last."""
        return await self.database.read(
            lambda connection: incidents.noted_open(connection, self.page)
        )

    async def missing(self, there: Iterable[str]) -> tuple[list[Published], list[Published]]:
        """Return incidents of ours that were deleted, and those of which that is not known."""
        return await self.database.read(
            lambda connection: incidents.missing(connection, self.page, there)
        )

    async def note_deleted(self, ids: Sequence[str]) -> None:
        """Remember that incidents of ours are no longer on the page."""
        await self.database.write(
            lambda connection: incidents.note_deleted(connection, self.page, ids)
        )

    async def forget_incident(self, id_: str) -> None:
        """Forget an incident of ours that is over."""
        await self.database.write(lambda connection: incidents.forget(connection, self.page, id_))

    async def note_decided(
        self, decided: Sequence[Decision], now: datetime, name_of: Callable[[str], str]
    ) -> list[Decision]:
        """Put on the record what is new, before it is done, and return it."""

        def note(connection: Connection) -> list[Decision]:
            new = record.note_decided(connection, self.page, decided, now, name_of)
            if new:
                record.prune(connection, self.page, now - self.record_kept)
            return new

        return await self.database.write(note)

    async def note_pass(self, over: Pass, *, dry_run: bool) -> None:
        """Put on the record what came of a pass."""
        await self.database.write(
            lambda connection: record.note_pass(connection, self.page, over, dry_run=dry_run)
        )

    async def last_pass(self) -> Pass | None:
        """Return what came of the last pass, of whichever replica."""
        return await self.database.read(lambda connection: record.last_pass(connection, self.page))

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Wait until no other replica plans, unless one serves what is asked here."""
        if not self.database.is_shared:
            yield Turn(self.database, None, is_needed=True)
            return
        ticket = await self.database.write(self._ask)
        while (held := await self.database.try_lock(self.page)) is None:
            if (await self.database.read(self._counted)).done >= ticket:
                yield Turn(self.database, None, is_needed=False)
                return
            await self.sleep(POLL_SECONDS)
        try:
            counted = await self.database.read(self._counted)
            yield Turn(self.database, held, is_needed=counted.done < ticket)
            if counted.done < ticket:
                await self.database.write(lambda connection: self._serve(connection, counted.asked))
        finally:
            await self.database.unlock(held)

    def _begin(self, connection: Connection, now: datetime) -> None:
        which = select(pages.c.page).where(pages.c.page == self.page)
        if connection.execute(which).scalar() is None:
            row = {"page": self.page, "began": now.timestamp(), "asked": 0, "done": 0}
            connection.execute(insert(pages).values(row))

    def _ask(self, connection: Connection) -> int:
        which = pages.c.page == self.page
        connection.execute(update(pages).where(which).values(asked=pages.c.asked + 1))
        return int(connection.execute(select(pages.c.asked).where(which)).scalar_one())

    def _counted(self, connection: Connection) -> "_Counted":
        which = select(pages.c.asked, pages.c.done).where(pages.c.page == self.page)
        row = connection.execute(which).one()
        return _Counted(row.asked, row.done)

    def _serve(self, connection: Connection, asked: int) -> None:
        which = pages.c.page == self.page
        connection.execute(update(pages).where(which).values(done=asked))


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many have asked for a pass, and how many of them were served."""

    asked: int
    done: int
