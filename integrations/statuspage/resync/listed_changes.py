"""Which incidents changed, told by the manage API's lists, where there is no public view.

The API has no filter by time, and the order of its lists is not documented (QUIRKS.md, "Order of
incidents"). So nothing rests on one list: an incident that was created lately is on the newest
pages; one that is open is among the unresolved or the scheduled; and one that Port still holds for
open, and that none of these lists showed, is asked for by itself. Where the whole history is
cheaper than that, it is read.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from statuspage import PAGE_SIZE, Collection, Raw, Reading

from .change_rules import changed_since, nothing_newer_follows
from .changed import Changed
from .costs import rest_may_be_left
from .merging import Read
from .scopes import FINISHED
from .snapshot import Snapshot

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class ListedChanges:
    """Reads of one page what its lists show to have changed."""

    snapshot: Snapshot
    page_id: str
    since: datetime
    open_in_port: frozenset[str]
    # How many incidents of the page Port holds, None where that is unknown.
    held: int | None
    _found: dict[str, Read] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    async def read(self) -> Changed:
        if await self._newest_alone():
            await self._what_is_open()
            gone = await self._unseen()
        else:
            gone = sorted(self.open_in_port - self._seen)
        return Changed(list(self._found.values()), gone)

    async def _newest_alone(self) -> bool:
        """Read the list of all as far as needed; tell whether it goes on."""
        pages, proven = 0, False
        async for batch in self.snapshot.read(self.page_id, Collection.INCIDENTS):
            self._take(batch)
            pages += 1
            if len(batch.content) < PAGE_SIZE:
                continue
            proven = proven or nothing_newer_follows(batch.content, self.since)
            if not proven and not any(changed_since(one, self.since) for one in batch.content):
                logger.warning(
                    "The incidents of page %s are not listed newest first, so more are read",
                    self.page_id,
                )
            unseen = len(self.open_in_port - self._seen)
            if proven and rest_may_be_left(pages, unseen, self.held):
                return True
        return False

    async def _what_is_open(self) -> None:
        async for batch in self.snapshot.read(self.page_id, Collection.UNRESOLVED):
            self._take(batch)
        async for batch in self.snapshot.read(self.page_id, Collection.SCHEDULED):
            self._take(batch)
            # Should this list also hold completed maintenances, its tail is history.
            if all(incident.get("status") in FINISHED for incident in batch.content):
                break

    async def _unseen(self) -> list[str]:
        gone = []
        for incident_id in sorted(self.open_in_port - self._seen):
            alone = await self.snapshot.incident(self.page_id, incident_id)
            if alone.content is None:
                gone.append(incident_id)
            else:
                self._found[incident_id] = Reading(alone.content, alone.sent)
        return gone

    def _take(self, batch: Reading[list[Raw]]) -> None:
        for raw in batch.content:
            self._seen.add(raw["id"])
            still_open = raw.get("status") not in FINISHED
            if still_open or changed_since(raw, self.since) or raw["id"] in self.open_in_port:
                # One list is read after the other, so the last one that shows it is the newest.
                self._found[raw["id"]] = Reading(raw, batch.sent)
