"""What one page that has changed yields of pages, groups and components: taken from its view.

Where there is no view as new as the page, the streams of a full resync read it.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from statuspage import Raw, Reading

from .change_rules import changed_since
from .costs import requests_for
from .group_rows import component_of, groups_of
from .merging import Stream
from .public_documents import SummaryDocument
from .shown_pages import OLDEST_COPY, ShownPages
from .snapshot import Snapshot
from .streams import Components, Groups, Pages, without_status


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The page as the manage API has it, which alone knows its settings, and its shown status."""

    shown: ShownPages
    stream: Pages

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        summary = await self.shown.summary(page.content) if self.stream.current_status else None
        if summary is None or summary.status is None:
            async for batch in self.stream(snapshot, page):
                yield batch
        else:
            yield [Reading({**page.content, "__status": summary.status.raw()}, page.sent)]


@dataclass(frozen=True, slots=True)
class ShownGroups:
    """The groups of the page."""

    shown: ShownPages
    stream: Groups

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        summary = await self.shown.summary(page.content)
        if summary is None or not summary.rows.whole:
            async for batch in self.stream(snapshot, page):
                yield batch
            return
        rows = summary.rows.by_id
        groups = list(groups_of(list(rows.values()), rows).values())
        if not self.stream.current_status:
            groups = [without_status(group) for group in groups]
        yield [Reading(group, page.sent) for group in groups]


@dataclass(frozen=True, slots=True)
class ShownComponents:
    """The components of the page; those that changed where the rows do not show all of them."""

    shown: ShownPages
    stream: Components
    cursor: datetime
    rows_suffice: bool

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        summary = await self.shown.summary(page.content)
        if summary is None or not summary.rows.whole:
            changed = None
        elif self.rows_suffice:
            yield [Reading(component_of(row), page.sent) for row in summary.rows.by_id.values()]
            return
        else:
            changed = self._changed(summary)
        if changed is None:
            async for batch in self.stream(snapshot, page):
                yield batch
            return
        read = await asyncio.gather(
            *(snapshot.component(page.content["id"], one) for one in changed)
        )
        # What is gone by now is left to the next full resync.
        yield [Reading(one.content, one.sent) for one in read if one.content is not None]

    def _changed(self, summary: SummaryDocument) -> list[str] | None:
        """Return the components to read one by one; None where their list is cheaper."""
        since, rows = self.cursor - OLDEST_COPY, summary.rows.by_id
        changed = [
            id_ for id_, row in rows.items() if not row.get("group") and changed_since(row, since)
        ]
        return changed if len(changed) < requests_for(len(rows)) else None
