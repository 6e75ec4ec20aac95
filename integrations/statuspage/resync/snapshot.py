"""Everything that one resync reads, each list once.

A list is fetched by a task of its own, ahead of whoever reads it, and put aside on disk. So the
kinds share what they have in common, and reading goes on while Ocean loads into Port.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

from kinds import ObjectKind
from statuspage import Collection, PageStatus, Raw, StatuspageClient, page_status

from .errors import Stopped
from .knowledge import Knowledge
from .merging import Stream
from .single_flight import Once
from .spool import Place, Spool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pages to read, and the ids that were asked for and that the key does not see."""

    pages: list[Raw]
    unseen: list[str]


def choose(pages: list[Raw], page_ids: Sequence[str]) -> Chosen:
    """Choose the pages that were asked for, or all of them."""
    if not page_ids:
        return Chosen(pages, [])
    visible = {page["id"] for page in pages}
    return Chosen(
        [page for page in pages if page["id"] in page_ids],
        [page_id for page_id in dict.fromkeys(page_ids) if page_id not in visible],
    )


class SharedList:
    """A list on its way to disk; any number of readers, from the start, at any time."""

    def __init__(self, batches: AsyncIterator[list[Raw]], spool: Spool) -> None:
        self._spool = spool
        self._places: list[Place] = []
        self._error: BaseException | None = None
        self._finished = False
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._fetch(batches))
        self._task.add_done_callback(self._end)

    async def _fetch(self, batches: AsyncIterator[list[Raw]]) -> None:
        async for batch in batches:
            self._places.append(self._spool.write(batch))
            self._tell()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._error = Stopped() if task.cancelled() else task.exception()
        self._finished = True
        self._tell()

    def _tell(self) -> None:
        told, self._news = self._news, asyncio.Event()
        told.set()

    async def batches(self) -> AsyncIterator[list[Raw]]:
        """Yield the whole list, waiting for what is not there yet; raise what ended it early."""
        position = 0
        while True:
            while position < len(self._places):
                yield self._spool.read(self._places[position])
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
        knowledge: Knowledge | None = None,
    ) -> None:
        self.client = client
        self.knowledge = Knowledge() if knowledge is None else knowledge
        self._page_ids = page_ids
        self._spool = Spool()
        self._chosen = Once(self._choose)
        self._lists: dict[tuple[str, Collection], SharedList] = {}
        self._sent: dict[tuple[str, Collection], float] = {}
        self._incidents: dict[tuple[str, str], Once[Raw | None]] = {}
        self._ahead: Once[None] | None = None

    async def chosen(self) -> Chosen:
        """Return the pages to read."""
        return await self._chosen.get()

    async def _choose(self) -> Chosen:
        chosen = choose(await self.client.pages(), self._page_ids)
        self.knowledge.learn_pages(chosen.pages, self._now())
        return chosen

    def list(self, page_id: str, collection: Collection) -> SharedList:
        """Return a page's list; the first call starts to fetch it."""
        key = (page_id, collection)
        if key not in self._lists:
            self._lists[key] = SharedList(self.read(page_id, collection), self._spool)
        return self._lists[key]

    async def read(self, page_id: str, collection: Collection) -> Stream:
        """Yield a list as it comes, for one reader, who may stop early."""
        rows = 0
        async for reading in self.client.list(page_id, collection).readings():
            self._sent.setdefault((page_id, collection), reading.sent)
            self.knowledge.learn_batch(collection, reading)
            rows += len(reading.content)
            yield reading.content
        if collection is Collection.COMPONENTS:
            self.knowledge.rows[page_id] = rows

    async def incident(self, page_id: str, incident_id: str) -> Raw | None:
        """Return one incident by itself, None when it is gone."""
        key = (page_id, incident_id)
        if key not in self._incidents:
            self._incidents[key] = Once(lambda: self._read_alone(page_id, incident_id))
        return await self._incidents[key].get()

    async def _read_alone(self, page_id: str, incident_id: str) -> Raw | None:
        sent = self._now()
        incident = await self.client.incident(page_id, incident_id)
        self.knowledge.newest.overtaken(ObjectKind.INCIDENT, [incident_id], sent)
        return incident

    async def status(self, page: Raw) -> PageStatus:
        """Return what a page shows at its top, by itself or worked out from its components."""
        page_id = page["id"]
        # The public answer may have been in a cache since then.
        sent = self._now() - page_status.CACHED_FOR
        if (status := await self.client.public_status(page)) is None:
            batches = self.list(page_id, Collection.COMPONENTS).batches()
            status = page_status.derived([row async for batch in batches for row in batch])
            sent = self._sent.get((page_id, Collection.COMPONENTS), sent)
        self.knowledge.newest.overtaken(ObjectKind.PAGE, [page_id], sent)
        return status

    def fetch_ahead(self, collections: Iterable[Collection]) -> None:
        """Start to fetch these lists of every page, in this order, before anybody reads them."""
        wanted = list(dict.fromkeys(collections))

        async def start() -> None:
            chosen = await self.chosen()
            for collection in wanted:
                for page in chosen.pages:
                    self.list(page["id"], collection)

        self._ahead = Once(start)
        self._ahead.start()

    def _now(self) -> float:
        return self.client.clock.now()

    def close(self) -> None:
        """Stop what is still under way and give the disk space back."""
        for once in (self._chosen, self._ahead, *self._incidents.values()):
            if once is not None:
                once.cancel()
        for shared in self._lists.values():
            shared.cancel()
        self._spool.close()
