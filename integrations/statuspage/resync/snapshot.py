"""Everything that one resync reads, each list once.

A list is fetched by a task of its own, ahead of whoever reads it, and put aside on disk. So the
kinds share what they have in common, and reading goes on while Ocean loads into Port.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from statuspage import (
    Collection,
    PageStatus,
    Raw,
    Reading,
    StatuspageClient,
    page_status,
)

from .complete_lists import HeldBefore, complete
from .errors import Stopped
from .known_pages import KnownPages
from .pages_ahead import Ahead, View, read_pages, read_view
from .room import room
from .single_flight import Once
from .spool import Place, Spool

type Batches = AsyncIterator[Reading[list[Raw]]]

# Whether there is nothing to read of a page.
type Needless = Callable[[Raw], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pages to read, and the ids that were asked for and that the key does not see."""

    pages: list[Reading[Raw]]
    unseen: list[str]


def choose(pages: Reading[list[Raw]], page_ids: Sequence[str]) -> Chosen:
    """Choose the pages that were asked for, or all of them."""
    visible = {page["id"]: Reading(page, pages.sent) for page in pages.content}
    if not page_ids:
        return Chosen(list(visible.values()), [])
    wanted = dict.fromkeys(page_ids)
    return Chosen(
        [page for page_id, page in visible.items() if page_id in wanted],
        [page_id for page_id in wanted if page_id not in visible],
    )


class SharedList:
    """A list on its way to disk; any number of readers, from the start, at any time."""

    def __init__(self, batches: Batches, spool: Spool) -> None:
        self._spool = spool
        self._places: list[Reading[Place]] = []
        self._error: BaseException | None = None
        self._finished = False
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._fetch(batches))
        self._task.add_done_callback(self._end)

    async def _fetch(self, batches: Batches) -> None:
        async for batch in batches:
            self._places.append(Reading(self._spool.write(batch.content), batch.sent))
            self._tell()
            # It is on disk now, and the next may take until the quota's next minute.
            del batch

    def _end(self, task: asyncio.Task[None]) -> None:
        self._error = Stopped() if task.cancelled() else task.exception()
        self._finished = True
        self._tell()

    def _tell(self) -> None:
        told, self._news = self._news, asyncio.Event()
        told.set()

    async def batches(self) -> Batches:
        """Yield the whole list, waiting for what is not there yet; raise what ended it early."""
        position = 0
        while True:
            while position < len(self._places):
                place = self._places[position]
                async with room():
                    yield Reading(self._spool.read(place.content), place.sent)
                position += 1
            if self._finished:
                break
            await self._news.wait()
        if self._error is not None:
            raise self._error

    def cancel(self) -> None:
        """Stop fetching; who reads the list gets an error."""
        self._task.cancel()


class Snapshot:
    """What one resync has read so far."""

    def __init__(
        self,
        client: StatuspageClient,
        page_ids: Sequence[str] = (),
        known: KnownPages | None = None,
        held_before: HeldBefore | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        """Take what else is known, and what was asked for already, which others stop."""
        self.client = client
        self._asked = ahead or Ahead(Once(partial(read_pages, client)), {})
        self._asked_alone = ahead is None
        self._known = KnownPages() if known is None else known
        self._held_before = held_before
        self.page_ids = page_ids
        self._spool = Spool()
        self._chosen = Once(self._choose)
        self._lists: dict[tuple[str, Collection], SharedList] = {}
        self._alone: dict[tuple[Collection, str], Once[Reading[Raw | None]]] = {}
        self._lists_ahead: Once[None] | None = None

    async def chosen(self) -> Chosen:
        """Return the pages to read."""
        return await self._chosen.get()

    async def pages(self, needless: Needless | None) -> list[Reading[Raw]]:
        """Return the pages to read, without those of which there is nothing to read."""
        pages = (await self.chosen()).pages
        if needless is None:
            return pages
        out = await asyncio.gather(*(needless(page.content) for page in pages))
        return [page for page, is_out in zip(pages, out, strict=True) if not is_out]

    async def _choose(self) -> Chosen:
        pages = await self._asked.pages.get()
        chosen = choose(pages, self.page_ids)
        self._known.learn((page.content for page in chosen.pages), pages.sent)
        return chosen

    def list(self, page_id: str, collection: Collection) -> SharedList:
        """Return a page's list; the first call starts to fetch it."""
        key = (page_id, collection)
        if key not in self._lists:
            self._lists[key] = SharedList(self.read(page_id, collection), self._spool)
        return self._lists[key]

    def read(self, page_id: str, collection: Collection) -> Batches:
        """Yield a list as it comes, for one reader, who may stop early."""
        listing = self.client.list(page_id, collection)
        at_least = None
        if collection is Collection.COMPONENTS:
            at_least = partial(self._components_shown, page_id)
        return complete(listing, self._known, self.client.clock, self._held_before, at_least)

    async def _components_shown(self, page_id: str) -> int:
        """Return how many components and groups a page shows in public; its list has no fewer."""
        page = self._known.pages.get(page_id)
        shown = None if page is None else (await self._view(page)).content
        return 0 if shown is None else len(shown.rows)

    async def incident(self, page_id: str, incident_id: str) -> Reading[Raw | None]:
        """Return one incident by itself, None when it is gone."""
        key = (Collection.INCIDENTS, incident_id)
        return await self._one(key, lambda: self.client.incident(page_id, incident_id))

    async def component(self, page_id: str, component_id: str) -> Reading[Raw | None]:
        """Return one component by itself, None when it is gone."""
        key = (Collection.COMPONENTS, component_id)
        return await self._one(key, lambda: self.client.component(page_id, component_id))

    async def _one(
        self, key: tuple[Collection, str], read: Callable[[], Awaitable[Raw | None]]
    ) -> Reading[Raw | None]:
        async def reading() -> Reading[Raw | None]:
            sent = self._now()
            return Reading(await read(), sent)

        if key not in self._alone:
            self._alone[key] = Once(reading)
        return await self._alone[key].get()

    async def _view(self, page: Raw) -> View:
        """Return what a page shows in public, if that can be had."""
        if not page_status.is_public(page):
            return Reading(None, self._now())
        views = self._asked.views
        if page["id"] not in views:
            views[page["id"]] = Once(partial(read_view, self.client, page))
        return await views[page["id"]].get()

    async def status(self, page: Raw) -> Reading[PageStatus]:
        """Return what a page shows at its top, by itself or worked out from its components."""
        view = await self._view(page)
        if view.content is not None:
            return Reading(view.content.status, view.sent)
        rows: list[Raw] = []
        sent = self._now()
        async for batch in self.list(page["id"], Collection.COMPONENTS).batches():
            rows += batch.content
            sent = min(sent, batch.sent)
        return Reading(page_status.derived(rows), sent)

    def fetch_ahead(self, collections: Iterable[Collection]) -> None:
        """Start to fetch these lists of all pages, in this order, before anybody reads them."""
        wanted = list(dict.fromkeys(collections))

        async def start() -> None:
            pages = (await self.chosen()).pages
            for collection in wanted:
                for page in pages:
                    self.list(page.content["id"], collection)

        self._lists_ahead = Once(start)
        self._lists_ahead.start()

    def _now(self) -> float:
        return self.client.clock.now()

    def close(self) -> None:
        """Stop what is still under way and give the disk space back."""
        if self._asked_alone:
            self._asked.cancel()
        for once in (self._chosen, self._lists_ahead, *self._alone.values()):
            if once is not None:
                once.cancel()
        for shared in self._lists.values():
            shared.cancel()
        self._spool.close()
