"""What belongs to the resync that Ocean is running, for as long as it runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from port_ocean.context.event import EventType, event
from port_ocean.context.ocean import ocean
from port_ocean.context.resource import resource
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.incremental import active_incremental_cursor
from port_ocean.core.models import Entity

from kinds import ObjectKind
from port_search import blueprint_of
from statuspage import StatuspageError

from .changes import ChangedIncidents, ChangedIncidentUpdates, Changes
from .complete_lists import HeldBefore
from .errors import ResyncFailed, ResyncIncomplete
from .everywhere import everywhere
from .held_in_port import held_in_port, incidents_held, pages_held
from .mapped import Mapped
from .merging import Stream
from .needs import rows_suffice
from .open_incidents import OpenIncidents, open_incidents
from .shown_pages import ShownPages
from .shown_streams import ShownComponents, ShownGroups, ShownPage
from .single_flight import Once
from .snapshot import Snapshot
from .streams import (
    Components,
    Groups,
    Incidents,
    IncidentUpdates,
    KindStream,
    Pages,
    PageStream,
    stream_of,
)

logger = logging.getLogger(__name__)

# Ocean hands the attributes of one resync to all its kinds, and drops them with it.
ATTRIBUTE = "statuspage_session"

type OpenSnapshot = Callable[[HeldBefore], Snapshot]


class Session:
    """One resync: what it has read, and for an incremental one what is open in Port."""

    def __init__(self, snapshot: Snapshot, blocks: Sequence[ResourceConfig]) -> None:
        incidents = [block for block in blocks if block.kind == ObjectKind.INCIDENT]
        mapped = Mapped([stream_of(block) for block in blocks], rows_suffice(blocks))
        self.snapshot = snapshot
        self.open_in_port: Once[OpenIncidents] = Once(lambda: open_incidents(incidents))
        self.shown = ShownPages(snapshot.client)
        self.changes = Changes(
            snapshot,
            self.shown,
            mapped,
            Once(self._open_ids),
            incidents_held(blocks if mapped.whole_history else ()),
        )
        self._mapped = mapped
        # The blocks of the mapping that are not through yet.
        self.left = set(range(len(blocks)))
        self._held_pages = Once(lambda: pages_held(blocks))
        self._resting: dict[datetime, Once[bool]] = {}

    def everything(self) -> Stream:
        """Return all objects of the kind that is being read."""
        return everywhere(self.snapshot, current_stream())

    async def changed(self) -> Stream:
        """Yield what changed since the last sync; take those that are gone out of Port."""
        cursor = active_incremental_cursor()
        if cursor is None:
            raise RuntimeError("Ocean sets the cursor before it calls an incremental handler.")
        if await self._all_rest(cursor):
            return
        stream = current_stream()
        changed = everywhere(self.snapshot, self._changed(stream, cursor), self.shown.since(cursor))
        async for batch in changed:
            yield batch
        if isinstance(stream, Incidents) and (
            gone := await self.gone(cursor, blueprint_of(resource.resource_config))
        ):
            await ocean.unregister(gone)

    def _changed(self, stream: KindStream, cursor: datetime) -> PageStream:
        match stream:
            case Pages():
                return ShownPage(self.shown, stream)
            case Groups():
                return ShownGroups(self.shown, stream)
            case Components():
                return ShownComponents(self.shown, stream, cursor, self._mapped.rows_suffice)
            case Incidents() as wanted:
                return ChangedIncidents(self.changes, cursor, wanted)
            case IncidentUpdates(incidents=wanted):
                return ChangedIncidentUpdates(ChangedIncidents(self.changes, cursor, wanted))

    async def _all_rest(self, cursor: datetime) -> bool:
        """Tell whether all pages are known, and none has changed: then there is nothing to read."""
        if cursor not in self._resting:
            self._resting[cursor] = Once(lambda: self._see_rest(cursor))
        return await self._resting[cursor].get()

    async def _see_rest(self, cursor: datetime) -> bool:
        ids = list(self.snapshot.page_ids) or await self._held_pages.get()
        if not ids:
            logger.info(
                "Which pages there are is asked of Statuspage: statuspageIds does not name them, "
                "and Port does not tell them"
            )
            return False
        rests = self.shown.since(cursor)
        # Each one is looked at, since what has changed will be needed.
        if not all(await asyncio.gather(*(rests({"id": page_id}) for page_id in ids))):
            return False
        logger.info("Nothing has happened on %d pages, so nothing is read", len(ids))
        return True

    async def gone(self, cursor: datetime, blueprint: str | None) -> list[Entity]:
        """Return the entities of a blueprint whose incidents are no longer there."""
        open_in_port = await self.open_in_port.get()
        return [
            entity
            for page in await self.snapshot.pages(self.shown.since(cursor))
            for incident_id in (await self.changes.of(page.content, cursor)).gone
            for entity in open_in_port.of(page.content["id"], incident_id)
            if entity.blueprint == blueprint
        ]

    def close(self) -> None:
        """Stop what is still under way and give back what it holds."""
        for resting in self._resting.values():
            resting.cancel()
        self._held_pages.cancel()
        self.changes.close()
        self.shown.close()
        self.open_in_port.cancel()
        self.snapshot.close()

    async def _open_ids(self) -> dict[str, frozenset[str]]:
        return (await self.open_in_port.get()).ids()


@asynccontextmanager
async def session(open_snapshot: OpenSnapshot) -> AsyncIterator[Session]:
    """Give a kind the resync's session; it is closed when all kinds are through.

    The first kind opens it, and starts to fetch what all kinds of the mapping will read.
    """
    # A handler that Ocean has dropped is closed when nothing of its event is there any more.
    attributes = event.attributes
    incremental = event.event_type == EventType.INCREMENTAL_RESYNC
    blocks = event.port_app_config.resources
    index, closing = resource.index, False
    if ATTRIBUTE not in attributes:
        attributes[ATTRIBUTE] = _opened(open_snapshot, blocks, incremental=incremental)
    current: Session = attributes[ATTRIBUTE]
    try:
        yield current
    except asyncio.CancelledError:
        # A newer resync takes over, or the process ends.
        closing = True
        raise
    except BaseException as error:
        # A full resync goes on with the next kind, an incremental one does not.
        closing = incremental
        if isinstance(error, StatuspageError) and not isinstance(error, ResyncIncomplete):
            raise ResyncFailed(error) from error
        raise
    finally:
        current.left.discard(index)
        if closing or not current.left:
            if attributes.get(ATTRIBUTE) is current:
                del attributes[ATTRIBUTE]
            current.close()


def _opened(
    open_snapshot: OpenSnapshot, blocks: Sequence[ResourceConfig], *, incremental: bool
) -> Session:
    opened = Session(open_snapshot(held_in_port(blocks)), blocks)
    if not incremental:
        opened.snapshot.fetch_ahead(
            collection for block in blocks for collection in stream_of(block).collections
        )
    return opened


def current_stream() -> KindStream:
    """Return the stream of the block of the mapping that Ocean reads a kind for."""
    return stream_of(event.resource_config)
