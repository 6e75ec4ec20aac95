"""What pages show in public, at no cost: whether something has happened, and what.

Whatever changes on a page moves the moment of its last change. The view may come out of a cache: it
is believed where that moment is the one that the API tells, and a page at rest where the last sync
was long enough after it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from statuspage import Raw, RequestError, StatuspageClient, page_status

from .public_documents import (
    Parse,
    RecentDocument,
    SummaryDocument,
    UnusableDocument,
    recent_incidents,
    recent_maintenances,
    summary_document,
)
from .public_reading import INCIDENTS, MAINTENANCES, SUMMARY, read_document
from .single_flight import Once
from .streams import moment

# What an old copy hides now, the next sync still looks back to.
OLDEST_COPY = timedelta(minutes=15)

type Recent = tuple[RecentDocument, RecentDocument]


@dataclass(slots=True)
class ShownPages:
    """Reads each document once for all kinds; each kind has its own cursor."""

    client: StatuspageClient
    _first: dict[str, Once[SummaryDocument | None]] = field(default_factory=dict)
    _summaries: dict[str, Once[SummaryDocument | None]] = field(default_factory=dict)
    _recent: dict[str, Once[Recent | None]] = field(default_factory=dict)

    def since(self, cursor: datetime) -> Callable[[Raw], Awaitable[bool]]:
        """Return the question whether a page is known not to have changed since the cursor.

        Of the page itself, no more than its id need be known.
        """
        last = cursor - OLDEST_COPY

        async def rests(page: Raw) -> bool:
            told = moment(page.get("updated_at"))
            if told is not None and told >= last:
                return False
            shown = await self._first_summary(page)
            return shown is not None and shown.updated_at < last

        return rests

    async def summary(self, page: Raw) -> SummaryDocument | None:
        """Return what a page shows, None when that is not known to be as new as the page."""

        async def read() -> SummaryDocument | None:
            first = await self._first_summary(page)
            if first is None or _is_as_new(first, page):
                return first
            return await self._read_new(page, SUMMARY, summary_document, wait=True)

        return await _once(self._summaries, page, read)

    async def recent(self, page: Raw) -> Recent | None:
        """Return the most recent incidents and maintenances; None as with the summary."""

        async def read() -> Recent | None:
            incidents = await self._read_new(page, INCIDENTS, recent_incidents)
            maintenances = await self._read_new(page, MAINTENANCES, recent_maintenances)
            if incidents is None or maintenances is None:
                return None
            return incidents, maintenances

        return await _once(self._recent, page, read)

    async def _first_summary(self, page: Raw) -> SummaryDocument | None:
        return await _once(self._first, page, lambda: self._read(page, SUMMARY, summary_document))

    async def _read_new[T: (SummaryDocument, RecentDocument)](
        self, page: Raw, name: str, parse: Parse[T], *, wait: bool = False
    ) -> T | None:
        """Read a document; an old copy is asked for once more when its cache has passed."""
        if not wait:
            document = await self._read(page, name, parse)
            if document is None or _is_as_new(document, page):
                return document
        await self.client.clock.sleep(page_status.CACHED_FOR)
        document = await self._read(page, name, parse)
        return document if document is not None and _is_as_new(document, page) else None

    async def _read[T: (SummaryDocument, RecentDocument)](
        self, page: Raw, name: str, parse: Parse[T]
    ) -> T | None:
        if not page_status.is_public(page):
            return None
        try:
            read = await read_document(self.client, page["id"], name, parse)
        except (RequestError, UnusableDocument):
            # The manage API tells the same.
            return None
        return None if read is None else read.document

    def close(self) -> None:
        """Stop what is still under way."""
        for documents in (self._first, self._summaries, self._recent):
            for once in documents.values():
                once.cancel()


def _is_as_new(document: SummaryDocument | RecentDocument, page: Raw) -> bool:
    """Tell whether a document shows the change that the API knows as the page's last."""
    told = moment(page.get("updated_at"))
    return told is not None and document.updated_at >= told


async def _once[T](kept: dict[str, Once[T]], page: Raw, read: Callable[[], Awaitable[T]]) -> T:
    if page["id"] not in kept:

        async def started() -> T:
            return await read()

        kept[page["id"]] = Once(started)
    return await kept[page["id"]].get()
