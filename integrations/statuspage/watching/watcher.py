"""Watches every page that is served, for as long as the process runs."""

import asyncio
import logging
from collections.abc import Callable

from advice import sentence
from resync.served_pages import ServedPages
from statuspage import StatuspageClient, StatuspageError

from .pace import Pace
from .page_watch import PageWatch, Watching
from .reader import PageReader

logger = logging.getLogger(__name__)

# The resync at the start has read the list of pages by then, so that nobody else has to.
AT_FIRST = 5.0

# So often it is seen whether there are other pages.
PAGES_EVERY = 60.0

# Without resyncs, the list of pages is read so often.
PAGES_GOOD_FOR = 6 * 3600.0


class Watcher:
    """Keeps one watch for each page."""

    def __init__(self, client: StatuspageClient, pages: ServedPages, shared: Watching) -> None:
        self._client = client
        self._pages = pages
        self._shared = shared
        self._pace = Pace(client.clock)
        self._watches: dict[str, asyncio.Task[None]] = {}
        self._since = client.clock.utc()

    async def run(self) -> None:
        """Watch the pages, those that are added later too."""
        try:
            await self._client.clock.sleep(AT_FIRST)
            while True:
                try:
                    served = await self._pages.all(newer_than=PAGES_GOOD_FOR)
                except StatuspageError as error:
                    logger.warning("No page is watched yet. %s", sentence(error))
                else:
                    self._follow({page["id"] for page in served})
                await self._client.clock.sleep(PAGES_EVERY)
        finally:
            self._follow(set())

    def _follow(self, page_ids: set[str]) -> None:
        for page_id in self._watches.keys() - page_ids:
            self._watches.pop(page_id).cancel()
        for page_id in sorted(page_ids - self._watches.keys()):
            reader = PageReader(self._client, page_id, self._pace.turn, self._since)
            watch = PageWatch(page_id, reader, self._pace.phase(), self._shared)
            task = asyncio.create_task(watch.run())
            task.add_done_callback(_telling_its_end(page_id))
            self._watches[page_id] = task


def _telling_its_end(page_id: str) -> Callable[[asyncio.Task[None]], None]:
    def tell(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            logger.error(
                "The page %s is no longer watched, by a fault of ours", page_id, exc_info=error
            )

    return tell
