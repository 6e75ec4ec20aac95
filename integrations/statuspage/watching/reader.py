"""Reads one page's public documents: each only where it changed, and none that is older.

The summary is asked for at each look. The two lists tell what is not in it: what is over, and what
was entered afterwards. They are asked for when the summary has changed, and now and then.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from resync.public_documents import (
    OlderDocument,
    Parse,
    RecentDocument,
    SummaryDocument,
    UnusableDocument,
    recent_incidents,
    recent_maintenances,
    summary_document,
)
from resync.public_reading import INCIDENTS, MAINTENANCES, SUMMARY, read_document
from statuspage import Clock, Raw, RequestError, StatuspageClient, Summary

from .compare import Changes, changed_since, compare, next_view
from .view import View, recent_of, view_of

# So many looks may pass until the lists are asked for, although nothing seems to have changed.
LISTS_EVERY = 10

# A page that was set back for good is believed in the end; the vendor's caches may show for an hour
# what they had (`stale-if-error=3600`), so that takes longer.
OLDER_FOR = 2 * 3600.0


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a page has found.

    `incidents` are the changed ones as they are shown; `summary` what the page shows, where that
    was read anew; `trouble` why it could not all be read.
    """

    changes: Changes = field(default_factory=Changes)
    incidents: Mapping[str, Raw] = field(default_factory=dict)
    summary: Summary | None = None
    trouble: RequestError | UnusableDocument | None = None
    is_complete: bool = True


class PageReader:
    """What is known of a page's public view; each look compares with the one before."""

    def __init__(
        self,
        client: StatuspageClient,
        page_id: str,
        turn: Callable[[], Awaitable[None]],
        since: datetime,
    ) -> None:
        self._client = client
        self._page_id = page_id
        # Waits until one more request may be sent.
        self._turn = turn
        # What changed before is brought by the resync at the start.
        self._since = since
        self._view: View | None = None
        self._tags: dict[str, str | None] = {}
        self._accepted: dict[str, datetime] = {}
        self._older_since: dict[str, float] = {}
        self._looks = 0

    @property
    def _clock(self) -> Clock:
        return self._client.clock

    async def look(self) -> Look:
        """Read what has changed; raise when the summary cannot be read."""
        summary = await self._read(SUMMARY, summary_document)
        before, self._looks = self._view, self._looks + 1
        if summary is not None:
            view = view_of(summary)
            if before is not None:
                view = view.with_recent(before.incidents.recent, before.maintenances.recent)
        elif before is None:
            raise UnusableDocument("it says that nothing has changed, and was never read")
        elif before.is_complete and self._looks < LISTS_EVERY:
            return Look()
        else:
            view = before
        lists, trouble = await self._lists()
        return self._compared(before, view, summary, lists, trouble)

    def _compared(
        self,
        before: View | None,
        view: View,
        summary: SummaryDocument | None,
        lists: dict[str, RecentDocument],
        trouble: RequestError | UnusableDocument | None,
    ) -> Look:
        recent = {name: recent_of(document) for name, document in lists.items()}
        view = view.with_recent(recent.get(INCIDENTS), recent.get(MAINTENANCES))
        if before is None:
            changes = changed_since(view, self._since)
        else:
            view = next_view(before, view)
            changes = compare(before, view)
        self._view = view
        if trouble is None:
            self._looks = 0
        raws = {id_: raw for one in lists.values() for id_, raw in one.objects.by_id.items()}
        if summary is not None:
            raws |= summary.incidents.by_id | summary.maintenances.by_id
        return Look(
            changes,
            {id_: raws[id_] for id_ in changes.incidents if id_ in raws},
            None if summary is None else summary.shown(),
            trouble,
            view.is_complete,
        )

    async def _lists(
        self,
    ) -> tuple[dict[str, RecentDocument], RequestError | UnusableDocument | None]:
        read: dict[str, RecentDocument] = {}
        for name, parse in ((INCIDENTS, recent_incidents), (MAINTENANCES, recent_maintenances)):
            try:
                document = await self._read(name, parse)
            except (RequestError, UnusableDocument) as error:
                # What the summary shows is news all the same.
                return read, error
            if document is not None:
                read[name] = document
        return read, None

    async def _read[T: (SummaryDocument, RecentDocument)](
        self, name: str, parse: Parse[T]
    ) -> T | None:
        """Return a document, None when it is still what it was."""
        await self._turn()
        read = await read_document(self._client, self._page_id, name, parse, self._tags.get(name))
        if read is None:
            self._older_since.pop(name, None)
            return None
        self._refuse_older(name, read.document.updated_at)
        self._accepted[name], self._tags[name] = read.document.updated_at, read.tag
        return read.document

    def _refuse_older(self, name: str, updated_at: datetime) -> None:
        accepted = self._accepted.get(name)
        if accepted is None or updated_at >= accepted:
            self._older_since.pop(name, None)
            return
        since = self._older_since.setdefault(name, self._clock.now())
        if self._clock.now() - since < OLDER_FOR:
            raise OlderDocument
        del self._older_since[name]
