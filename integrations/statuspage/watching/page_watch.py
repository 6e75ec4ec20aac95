"""Watches one page: looks, hands on what changed, and tells what keeps it from looking."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from live_events.notification import Notification
from live_events.public_view import remember
from resync.known_pages import KnownPages
from resync.public_documents import UnusableDocument
from statuspage import Clock, Reading, RequestError, page_status

from .coverage import Coverage, Way
from .news import notifications
from .pace import CACHED_FOR, SELDOM, SHARE, wait_after_failure, wait_for_next
from .reader import Look, PageReader
from .troubles import Told, Trouble, has_no_view, not_public, sentence

logger = logging.getLogger(__name__)

# A page whose webhooks come is looked at for what no webhook tells, and to notice their end.
WITH_WEBHOOKS = 300.0

# So often in a row the lists are waited for, which may come out of a cache.
SOON = 3


@dataclass(frozen=True, slots=True)
class Watching:
    """What the watches of all pages share."""

    clock: Clock
    known: KnownPages
    coverage: Coverage
    put: Callable[[Notification], object]
    rows_suffice: Callable[[], Awaitable[bool]]
    at_once: asyncio.Semaphore
    interval: float


class PageWatch:
    """One page's watch."""

    def __init__(self, page_id: str, reader: PageReader, phase: float, shared: Watching) -> None:
        self._page_id = page_id
        self._reader = reader
        self._phase = phase
        self._shared = shared
        self._told = Told()
        self._said: str | None = None
        self._failures = 0
        self._soon = 0

    async def run(self) -> None:
        """Look again and again."""
        while True:
            await self._shared.clock.sleep(await self.look())

    async def look(self) -> float:
        """Look once; return the seconds until the next time."""
        page = self._shared.known.pages.get(self._page_id, {})
        if not page_status.is_public(page):
            self._say(not_public(self._page_id))
            return WITH_WEBHOOKS
        async with self._shared.at_once:
            began = self._shared.clock.now()
            try:
                look = await self._reader.look()
            except (RequestError, UnusableDocument) as error:
                return self._failed(error)
            took = self._shared.clock.now() - began
        await self._hand_on(look, began)
        if look.trouble is not None:
            return self._failed(look.trouble)
        self._succeeded()
        return max(self._wait(look), SHARE * took)

    async def _hand_on(self, look: Look, sent: float) -> None:
        shared = self._shared
        if look.summary is not None:
            remember(shared.known, self._page_id, Reading(look.summary, sent))
        if not look.changes:
            return
        shared.coverage.check(self._page_id, look.incidents.values(), shared.clock.utc())
        rows_suffice = bool(look.changes.components) and await shared.rows_suffice()
        for one in notifications(
            self._page_id, look.changes, look.incidents, rows_suffice=rows_suffice
        ):
            shared.put(one)

    def _wait(self, look: Look) -> float:
        self._soon = 0 if look.is_complete else self._soon + 1
        interval = self._interval()
        wait = wait_for_next(self._shared.clock.now(), interval, self._phase)
        return min(wait, CACHED_FOR) if 0 < self._soon <= SOON else wait

    def _interval(self) -> float:
        interval = self._shared.interval
        if self._shared.coverage.way(self._page_id) is Way.WEBHOOKS:
            return max(WITH_WEBHOOKS, interval)
        return interval

    def _failed(self, trouble: Trouble) -> float:
        self._failures += 1
        if self._told.is_news(trouble, self._shared.clock.now()):
            self._said = None
            level = logging.INFO if has_no_view(trouble) else logging.WARNING
            logger.log(level, "%s", sentence(self._page_id, trouble))
        if has_no_view(trouble):
            return SELDOM
        return wait_after_failure(trouble, self._failures, self._interval())

    def _succeeded(self) -> None:
        self._failures = 0
        way = self._shared.coverage.way(self._page_id)
        also = ", besides the webhooks that come of it" if way is Way.WEBHOOKS else ""
        self._say(
            f"The page {self._page_id} is live: its public view is read every "
            f"{self._interval():.0f} seconds{also}"
        )

    def _say(self, line: str) -> None:
        if line != self._said:
            self._said = line
            logger.info("%s", line)
