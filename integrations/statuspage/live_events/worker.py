"""Takes notifications from the queue, has their objects read again and published.

One page is read after the other, and what was found goes into the catalog in that order, while the
next one is read. So whatever order events come in, an older state is never written over a newer
one, and a burst of events about one change is read once.
"""

import asyncio
import contextvars
import logging
from collections.abc import Awaitable, Iterable

from advice import sentence
from kinds import ObjectKind
from publishing.cache import Cache
from publishing.found import Found
from publishing.resync_overlap import ResyncOverlap
from resync.served_pages import ServedPages
from statuspage import StatuspageClient, StatuspageError, page_status

from .components import one_list_shows_status
from .messages import summary_of
from .notification import Notification
from .queue import Entry, Queue
from .refetch import Refetched, refetch

logger = logging.getLogger(__name__)

# A full window frees its first slot within a minute; whoever waits longer waits for the resync.
PATIENCE = 90.0

# After an error, and how often.
AGAIN_AFTER = (5.0, 15.0, 45.0)

# At the end there is time for what is under way, not more.
AT_THE_END = 3.0

# An id that Statuspage did not know is not asked for again for so long.
NOT_FOUND_FOR = 120.0


class Worker:
    """Serves a queue for as long as the process runs."""

    def __init__(
        self,
        client: StatuspageClient,
        pages: ServedPages,
        queue: Queue,
        cache: Cache,
        overlap: ResyncOverlap,
    ) -> None:
        self._client = client
        self._clock = client.clock
        self._pages = pages
        self._queue = queue
        self._cache = cache
        self._overlap = overlap
        self._task: asyncio.Task[None] | None = None
        self._publishing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, if nobody has yet."""
        if self._task is None:
            # It outlives the event that happened to start it, so it takes nothing of its context.
            self._task = asyncio.create_task(self._run(), context=contextvars.Context())

    async def close(self) -> None:
        """Finish what is under way, within seconds; the next resync brings the rest."""
        unfinished = self._queue.unfinished
        if unfinished:
            await asyncio.wait(unfinished, timeout=AT_THE_END)
        if unfinished:
            logger.warning(
                "Stopped with %d live events open: the next resync brings them", len(unfinished)
            )
        tasks = [task for task in (self._task, self._publishing) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            page_id, entries = await self._queue.take()
            await _ended_well(self._serve(page_id, entries), entries)

    async def _serve(self, page_id: str, entries: list[Entry]) -> None:
        if self._publishing is not None and any(map(self._is_unsettled, entries)):
            await self._publishing
        _finish(entry for entry in entries if self._is_answered(entry.notification))
        entries = [entry for entry in entries if not entry.done.done()]
        if not entries:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                read = await self._read(page_id, entries)
        except TimeoutError:
            self._give_up(page_id, entries, f"no answer within {PATIENCE:.0f} seconds")
        except StatuspageError as error:
            self._again(page_id, entries, sentence(error))
        else:
            if read is None:
                # It is no page of ours.
                _finish(entries)
            else:
                await self._publish_next(read, entries)

    async def _read(self, page_id: str, entries: list[Entry]) -> Refetched | None:
        page = await self._pages.page(page_id)
        if page is None:
            return None
        told = [entry.notification for entry in entries]
        return await refetch(self._client, self._pages.known, self._cache, page, told)

    async def _publish_next(self, read: Refetched, entries: list[Entry]) -> None:
        """Publish behind what is being published, while the next is read."""
        # As old as it is, however long that takes.
        found = read.found(self._clock.now())
        if self._publishing is not None:
            await self._publishing
        self._publishing = asyncio.Task(
            _ended_well(self._publish(read, found, entries), entries),
            loop=asyncio.get_running_loop(),
            # What it notes of these objects counts for the next events.
            eager_start=True,
        )

    async def _publish(self, read: Refetched, found: Found, entries: list[Entry]) -> None:
        page_id = read.page["id"]
        try:
            published = await self._overlap.publish(found)
        except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
            self._again(page_id, entries, f"they cannot be brought into Port ({error}).")
            return
        now = self._clock.now()
        failed = [entry for entry in entries if entry.key in read.failed]
        if failed:
            self._again(page_id, failed, sentence(read.failed[failed[0].key]))
        _finish(entry for entry in entries if entry not in failed)
        if read.behind is not None:
            later = Notification(
                page_id, ObjectKind.PAGE, page_id, groups=read.behind, whole=read.whole_page
            )
            self._queue.put(later, not_before=now + page_status.CACHED_FOR)
        logger.info("%s", summary_of(published, min(entry.since for entry in entries), now))

    def _again(self, page_id: str, entries: list[Entry], problem: str) -> None:
        """Try later, and not forever."""
        others = [entry for entry in entries if entry.attempts < len(AGAIN_AFTER)]
        if len(others) < len(entries):
            self._give_up(page_id, [one for one in entries if one not in others], problem)
        if not others:
            return
        wait = AGAIN_AFTER[max(entry.attempts for entry in others)]
        logger.warning("Events of page %s wait %.0f s: %s", page_id, wait, problem)
        for entry in others:
            entry.attempts += 1
            entry.not_before = self._clock.now() + wait
            self._queue.put_back(entry)

    def _give_up(self, page_id: str, entries: list[Entry], problem: str) -> None:
        logger.warning("Events of page %s are left to the next resync: %s", page_id, problem)
        _finish(entries)

    def _is_unsettled(self, entry: Entry) -> bool:
        """Tell whether an object is gone, and it is not known yet whether a resync runs."""
        cached = self._cache.get(entry.key)
        return cached is not None and cached.raw is None and cached.resyncs is None

    def _is_answered(self, notification: Notification) -> bool:
        """Tell whether the object has been read since what the notification tells."""
        cached = self._cache.get((notification.kind, notification.id))
        if cached is None or notification.kind is ObjectKind.PAGE:
            return False
        if cached.raw is None:
            # While a resync runs it may come back, and is looked for once more behind it.
            is_settled = cached.resyncs is not None
            return is_settled and self._clock.now() - cached.read_at < NOT_FOUND_FOR
        if not notification.is_answered_by(cached.raw):
            return False
        return notification.kind is ObjectKind.INCIDENT or self._is_shown(
            notification.page_id, cached.raw.get("group_id"), cached.read_at
        )

    def _is_shown(self, page_id: str, group_id: str | None, read_at: float) -> bool:
        """Tell whether what goes with a component was read too: its group's status and the page's.

        On a private page an incident brings the component alone.
        """
        known = self._pages.known
        page = known.pages.get(page_id)
        if page is None or not one_list_shows_status(page, known.components(page_id)):
            return True
        keys = [(ObjectKind.PAGE, page_id)]
        if group_id:
            keys.append((ObjectKind.COMPONENT_GROUP, group_id))
        shown = [self._cache.get(key) for key in keys]
        return all(cached is not None and cached.read_at >= read_at for cached in shown)


async def _ended_well(work: Awaitable[None], entries: list[Entry]) -> None:
    try:
        await work
    except Exception:
        page_id = entries[0].notification.page_id
        logger.exception("Events of page %s failed, by a fault of ours", page_id)
        _finish(entries)


def _finish(entries: Iterable[Entry]) -> None:
    for entry in entries:
        entry.finish()
