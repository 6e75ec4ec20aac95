"""Notifications that wait for their objects to be read: each object once, and so many at most."""

import asyncio
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kinds import ObjectKind
from statuspage import Clock

from .notification import Notification

logger = logging.getLogger(__name__)

# More than any outage brings at once. What finds no room is brought by the next resync.
MOST = 2_000

# A wait that is too short to be one: no sleep ends to the nanosecond.
A_MOMENT = 0.001


@dataclass(slots=True, eq=False)
class Entry:
    """A notification that waits: since when, until when at least, and how often it was tried."""

    notification: Notification
    since: float
    done: asyncio.Future[None] = field(repr=False)
    not_before: float = 0.0
    attempts: int = 0

    @property
    def key(self) -> tuple[ObjectKind, str]:
        """What it is about, within its page."""
        return self.notification.kind, self.notification.id

    def finish(self) -> None:
        """Tell whoever waits that it has been dealt with, whatever came of it."""
        if not self.done.done():
            self.done.set_result(None)


class Queue:
    """Entries by page, the pages in the order in which they were told of."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pages: dict[str, dict[tuple[ObjectKind, str], Entry]] = {}
        # What is not dealt with: what waits, and what is being read.
        self.unfinished: set[asyncio.Future[None]] = set()
        self._news = asyncio.Event()

    def put(self, notification: Notification, *, not_before: float = 0.0) -> asyncio.Future[None]:
        """Add a notification; the future is done when it has been dealt with, come what may."""
        entries = self._pages.get(notification.page_id, {})
        if (present := entries.get((notification.kind, notification.id))) is not None:
            # What was put off after an error stays so: whoever repeats an event hastens nothing.
            present.notification = present.notification.and_also(notification)
            return present.done
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if len(self) >= MOST:
            logger.warning("Too many live events wait: the next resync brings this one")
            done.set_result(None)
            return done
        self.unfinished.add(done)
        done.add_done_callback(self.unfinished.discard)
        self.put_back(Entry(notification, self._clock.now(), done, not_before))
        return done

    def read_again(self, page_id: str, keys: Collection[tuple[ObjectKind, str]]) -> None:
        """Have objects read whatever is known of them; a page, and its groups, by its status."""
        groups = frozenset(id_ for kind, id_ in keys if kind is ObjectKind.COMPONENT_GROUP)
        named = [key for key in keys if key[0] in (ObjectKind.INCIDENT, ObjectKind.COMPONENT)]
        for kind, id_ in named or [(ObjectKind.PAGE, page_id)]:
            self.put(Notification(page_id, kind, id_, groups=groups))

    def put_back(self, entry: Entry) -> None:
        """Add an entry again, or join it with one for the same object that came meanwhile."""
        told = entry.notification
        entries = self._pages.setdefault(told.page_id, {})
        if (present := entries.get((told.kind, told.id))) is not None:
            entry.notification = told.and_also(present.notification)
            entry.since = min(entry.since, present.since)
            entry.done.add_done_callback(lambda _: present.finish())
        entries[told.kind, told.id] = entry
        self._news.set()

    def __len__(self) -> int:
        return sum(len(entries) for entries in self._pages.values())

    async def take(self) -> tuple[str, list[Entry]]:
        """Wait until entries of a page are due; take them out, all that are."""
        while True:
            self._news.clear()
            now = self._clock.now()
            for page_id, entries in self._pages.items():
                if due := [one for one in entries.values() if one.not_before <= now + A_MOMENT]:
                    self._drop(page_id, due)
                    return page_id, due
            await self._news_until(self._next_due())

    def _next_due(self) -> float | None:
        return min(
            (one.not_before for entries in self._pages.values() for one in entries.values()),
            default=None,
        )

    async def _news_until(self, due: float | None) -> None:
        news = asyncio.ensure_future(self._news.wait())
        waiting: set[asyncio.Future[object]] = {news}  # type: ignore[arg-type]
        if due is not None:
            sleep = self._clock.sleep(max(due - self._clock.now(), 0.0))
            waiting.add(asyncio.ensure_future(sleep))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    def _drop(self, page_id: str, taken: Iterable[Entry]) -> None:
        entries = self._pages[page_id]
        for entry in taken:
            del entries[entry.notification.kind, entry.notification.id]
        if not entries:
            del self._pages[page_id]
