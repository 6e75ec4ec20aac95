"""Which incidents changed since the last incremental sync, at a cost that history does not raise.

The API has no filter by time, and the order of its lists is not documented (QUIRKS.md, "Order of
incidents"). So nothing rests on one list: an incident that is open is among the unresolved or the
scheduled; one that was created lately is on the newest pages; and one that Port still holds for
open, and that none of these lists showed, is asked for by itself.
"""

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from statuspage import Collection, Raw, Reading

from .merging import Read, Stream
from .scopes import FINISHED, in_scope
from .single_flight import Once
from .snapshot import Snapshot
from .streams import Incidents, moment, updates_read

logger = logging.getLogger(__name__)

# Clocks differ, and the API's timestamps are cut to seconds.
MARGIN = timedelta(minutes=5)


def nothing_newer_follows(batch: list[Raw], since: datetime) -> bool:
    """Tell whether a list's own order proves that what follows is older than `since`.

    Newest first by creation: nothing that follows was created since; newest first by update:
    nothing that follows changed since. In any other order a batch proves nothing, and where it
    falls both ways, both have to be past `since`.
    """
    lasts = [last_of_falling(batch, key) for key in ("created_at", "updated_at")]
    known = [last for last in lasts if last is not None]
    return bool(known) and all(last < since for last in known)


def last_of_falling(batch: list[Raw], key: str) -> datetime | None:
    """Return the last moment of a batch that falls by this key; None when it does not."""
    moments = [moment(incident.get(key)) for incident in batch]
    dated = [value for value in moments if value is not None]
    # Moments that are mostly the same, as after an import, fall in any order.
    ordered = len(dated) == len(batch) and 2 * len(set(dated)) > len(dated)
    if not ordered or not all(one >= after for one, after in pairwise(dated)):
        return None
    return dated[-1] if dated else None


def changed_since(incident: Raw, since: datetime) -> bool:
    """Tell whether an incident's timestamps leave room for a change since then."""
    moments = (moment(incident.get(key)) for key in ("updated_at", "created_at"))
    known = [value for value in moments if value is not None]
    return not known or max(known) >= since


@dataclass(frozen=True, slots=True)
class Changed:
    """What one page's incidents went through."""

    incidents: list[Read]
    gone: list[str]


@dataclass(slots=True)
class Changes:
    """The changes of all pages, worked out once for all kinds that need them.

    `open_in_port` names, by page, the incidents that are open in Port.
    """

    snapshot: Snapshot
    open_in_port: Once[Mapping[str, frozenset[str]]]
    _pages: dict[tuple[str, datetime], Once[Changed]] = field(default_factory=dict)

    async def of(self, page_id: str, cursor: datetime) -> Changed:
        """Return what changed on a page since the cursor."""
        key = (page_id, cursor)
        if key not in self._pages:
            self._pages[key] = Once(lambda: self._read(page_id, cursor - MARGIN))
        return await self._pages[key].get()

    def close(self) -> None:
        """Stop what is still under way."""
        for page in self._pages.values():
            page.cancel()
        self.open_in_port.cancel()

    async def _read(self, page_id: str, since: datetime) -> Changed:
        open_in_port = await self.open_on(page_id)
        found: dict[str, Read] = {}
        seen: set[str] = set()
        async for incident in self._listed(page_id, since):
            raw = incident.content
            seen.add(raw["id"])
            still_open = raw.get("status") not in FINISHED
            if still_open or changed_since(raw, since) or raw["id"] in open_in_port:
                # One list is read after the other, so the last one that shows it is the newest.
                found[raw["id"]] = incident
        gone = []
        for incident_id in sorted(open_in_port - seen):
            alone = await self.snapshot.incident(page_id, incident_id)
            if alone.content is None:
                gone.append(incident_id)
            else:
                found[incident_id] = Reading(alone.content, alone.sent)
        return Changed(list(found.values()), gone)

    async def open_on(self, page_id: str) -> frozenset[str]:
        """Return the incidents of a page that are open in Port."""
        return (await self.open_in_port.get()).get(page_id, frozenset())

    async def _listed(self, page_id: str, since: datetime) -> AsyncIterator[Read]:
        """Yield what the lists show: as much of each as can hold news."""
        read = self.snapshot.read
        async for batch in read(page_id, Collection.UNRESOLVED):
            for incident in batch.content:
                yield Reading(incident, batch.sent)
        async for batch in read(page_id, Collection.SCHEDULED):
            for incident in batch.content:
                yield Reading(incident, batch.sent)
            # Should this list also hold completed maintenances, its tail is history.
            if all(incident.get("status") in FINISHED for incident in batch.content):
                break
        quiet = False
        async for batch in read(page_id, Collection.INCIDENTS):
            if quiet:
                logger.warning(
                    "The incidents of page %s are not listed newest first, so more are read",
                    page_id,
                )
            for incident in batch.content:
                yield Reading(incident, batch.sent)
            if nothing_newer_follows(batch.content, since):
                break
            quiet = not any(changed_since(incident, since) for incident in batch.content)


@dataclass(frozen=True, slots=True)
class ChangedIncidents:
    """The stream of one page's changed incidents, of the scopes that the user chose."""

    changes: Changes
    cursor: datetime
    wanted: Incidents

    async def __call__(self, _: Snapshot, page: Reading[Raw]) -> Stream:
        """Yield what changed and belongs into Port, or is there and open."""
        changed = await self.changes.of(page.content["id"], self.cursor)
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
