"""Which incidents changed, told by the public view, and read with the fewest requests.

The view shows the 50 most recent incidents and maintenances, and all that is open. It shows no
incident as a whole, so what has changed is read by the manage API.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from statuspage import PAGE_SIZE, Collection, Raw, Reading

from .change_rules import changed_since
from .changed import Changed
from .costs import Known, Wanted, Way, requests_for, way_of
from .mapped import Mapped
from .merging import Read
from .public_documents import SummaryDocument
from .scopes import FINISHED
from .shown_pages import Recent
from .snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Shown:
    """The incidents and maintenances that a page shows."""

    events: Mapping[str, Raw]
    unresolved: frozenset[str]
    scheduled: frozenset[str]
    recent: frozenset[str]

    @classmethod
    def of(cls, summary: SummaryDocument, recent: Recent) -> "Shown":
        incidents, maintenances = recent
        listed = incidents.objects.by_id | maintenances.objects.by_id
        events = listed | summary.incidents.by_id | summary.maintenances.by_id
        is_whole = not (incidents.is_cut or maintenances.is_cut)
        return cls(
            events,
            frozenset(summary.incidents.by_id),
            frozenset(summary.maintenances.by_id),
            # The API lists both kinds together, so planned ones of long ago may stand further back.
            frozenset(events if is_whole else incidents.objects.by_id),
        )

    def known(self, spared: int) -> Known:
        return Known(len(self.unresolved), len(self.scheduled), len(self.events), spared)


def wanted_of(
    shown: Shown, since: datetime, open_in_port: frozenset[str], mapped: Mapped
) -> Wanted:
    """Return what has to be read: what changed, and what is open in one place and not the other."""

    def is_wanted(id_: str, event: Raw) -> bool:
        is_open = event.get("status") not in FINISHED
        if changed_since(event, since) or is_open != (id_ in open_in_port):
            return id_ in open_in_port or mapped.chooses(event)
        return False

    changed = frozenset(id_ for id_, event in shown.events.items() if is_wanted(id_, event))
    every = changed | (open_in_port - shown.events.keys())
    unresolved, scheduled = every & shown.unresolved, every & shown.scheduled
    return Wanted(unresolved, scheduled, every - unresolved - scheduled, every & shown.recent)


@dataclass(slots=True)
class ShownChanges:
    """Reads of one page what its view shows to have changed."""

    snapshot: Snapshot
    page_id: str
    shown: Shown
    since: datetime
    open_in_port: frozenset[str]
    _found: dict[str, Read] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)

    async def read(self, wanted: Wanted, spared: int) -> Changed:
        known, pages_read, is_whole = self.shown.known(spared), 0, False
        listed = self.snapshot.read(self.page_id, Collection.INCIDENTS)
        while left := wanted.without(frozenset(self._found)):
            if not is_whole and way_of(left, known, pages_read) is Way.ALONE:
                await self._read_alone(left, known)
                break
            # The end of a list that is over costs nothing.
            batch = await anext(listed, None)
            if batch is None:
                # Nothing of it is there any more.
                self._gone |= left.others | left.unresolved | left.scheduled
                break
            pages_read, is_whole = pages_read + 1, len(batch.content) < PAGE_SIZE
            self._take(batch, left)
        gone = self._gone & self.open_in_port - self.shown.events.keys()
        return Changed(list(self._found.values()), sorted(gone))

    def _take(self, batch: Reading[list[Raw]], left: Wanted) -> None:
        for raw in batch.content:
            if raw["id"] in left or changed_since(raw, self.since):
                self._found[raw["id"]] = Reading(raw, batch.sent)

    async def _read_alone(self, left: Wanted, known: Known) -> None:
        for collection, ids, rows in (
            (Collection.UNRESOLVED, left.unresolved, known.unresolved),
            (Collection.SCHEDULED, left.scheduled, known.scheduled),
        ):
            if len(ids) > requests_for(rows):
                async for batch in self.snapshot.read(self.page_id, collection):
                    self._take(batch, left)
        still = left.without(frozenset(self._found))
        left_over = sorted(still.unresolved | still.scheduled | still.others)
        alone = [self.snapshot.incident(self.page_id, one) for one in left_over]
        for id_, one in zip(left_over, await asyncio.gather(*alone), strict=True):
            if one.content is None:
                self._gone.add(id_)
            else:
                self._found[id_] = Reading(one.content, one.sent)
