"""Which incidents changed since the last incremental sync, at a cost that history does not raise.

What a page shows in public tells it. Where there is no view, or only an old copy of it, the lists
of the manage API do.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from statuspage import Raw, Reading

from .changed import Changed
from .listed_changes import ListedChanges
from .mapped import Mapped
from .merging import Stream
from .scopes import in_scope
from .shown_changes import Shown, ShownChanges, wanted_of
from .shown_pages import OLDEST_COPY, ShownPages
from .single_flight import Once
from .snapshot import Snapshot
from .streams import Incidents, updates_read

# Clocks differ, and the API's timestamps are cut to seconds.
MARGIN = timedelta(minutes=5)


@dataclass(slots=True)
class Changes:
    """The changes of all pages, worked out once for all kinds that need them.

    `open_in_port` names, by page, the incidents that are open in Port; `held_in_port` tells how
    many it holds of a page, None where that is unknown.
    """

    snapshot: Snapshot
    shown: ShownPages
    mapped: Mapped
    open_in_port: Once[Mapping[str, frozenset[str]]]
    held_in_port: Callable[[str], Awaitable[int | None]]
    _pages: dict[tuple[str, datetime], Once[Changed]] = field(default_factory=dict)

    async def of(self, page: Raw, cursor: datetime) -> Changed:
        """Return what changed on a page since the cursor."""
        key = (page["id"], cursor)
        if key not in self._pages:
            self._pages[key] = Once(lambda: self._read(page, cursor))
        return await self._pages[key].get()

    def close(self) -> None:
        """Stop what is still under way."""
        for page in self._pages.values():
            page.cancel()
        self.open_in_port.cancel()

    async def open_on(self, page_id: str) -> frozenset[str]:
        """Return the incidents of a page that are open in Port."""
        return (await self.open_in_port.get()).get(page_id, frozenset())

    async def _read(self, page: Raw, cursor: datetime) -> Changed:
        page_id = page["id"]
        open_in_port = await self.open_on(page_id)
        summary = await self.shown.summary(page)
        recent = None if summary is None else await self.shown.recent(page)
        if summary is None or recent is None:
            held = await self.held_in_port(page_id)
            listed = ListedChanges(self.snapshot, page_id, cursor - MARGIN, open_in_port, held)
            return await listed.read()
        shown, since = Shown.of(summary, recent), cursor - OLDEST_COPY
        wanted = wanted_of(shown, since, open_in_port, self.mapped)
        changes = ShownChanges(self.snapshot, page_id, shown, since, open_in_port)
        return await changes.read(wanted, self.mapped.spared(summary.rows.by_id))


@dataclass(frozen=True, slots=True)
class ChangedIncidents:
    """The stream of one page's changed incidents, of the scopes that the user chose."""

    changes: Changes
    cursor: datetime
    wanted: Incidents

    async def __call__(self, _: Snapshot, page: Reading[Raw]) -> Stream:
        """Yield what changed and belongs into Port, or is there and open."""
        changed = await self.changes.of(page.content, self.cursor)
        open_in_port = await self.changes.open_on(page.content["id"])
        yield [
            incident
            for incident in changed.incidents
            if incident.content["id"] in open_in_port
            or (
                self.wanted.wants(incident.content)
                and in_scope(incident.content, self.wanted.collections)
            )
        ]


@dataclass(frozen=True, slots=True)
class ChangedIncidentUpdates:
    """The updates of the incidents that changed."""

    incidents: ChangedIncidents

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        """Yield all updates of each: an old one may have been edited."""
        async for batch in self.incidents(snapshot, page):
            yield updates_read(batch)
