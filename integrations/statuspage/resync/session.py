"""What belongs to the resync that Ocean is running, for as long as it runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
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
from .held_in_port import held_in_port
from .merging import Stream
from .open_incidents import OpenIncidents, open_incidents
from .quiet_pages import QuietPages
from .single_flight import Once
from .snapshot import Snapshot
from .streams import Incidents, IncidentUpdates, KindStream, stream_of

# Ocean hands the attributes of one resync to all its kinds, and drops them with it.
ATTRIBUTE = "statuspage_session"

# Lists of these grow with the history, so an incremental sync reads only what changed.
CHANGING = (ObjectKind.INCIDENT, ObjectKind.INCIDENT_UPDATE)

type OpenSnapshot = Callable[[HeldBefore], Snapshot]


class Session:
    """One resync: what it has read, and for an incremental one what is open in Port."""

    def __init__(self, snapshot: Snapshot, incident_mappings: Iterable[ResourceConfig]) -> None:
        self.snapshot = snapshot
        self.open_in_port: Once[OpenIncidents] = Once(lambda: open_incidents(incident_mappings))
        self.changes = Changes(snapshot, Once(self._open_ids))
        self.quiet = QuietPages(snapshot.client)

    def everything(self) -> Stream:
        """Return all objects of the kind that is being read."""
        return everywhere(self.snapshot, current_stream())

    async def changed(self) -> Stream:
        """Yield what changed since the last sync; take those that are gone out of Port."""
        cursor = active_incremental_cursor()
        if cursor is None:
            raise RuntimeError("Ocean sets the cursor before it calls an incremental handler.")
        quiet = self.quiet.since(cursor)
        match current_stream():
            case Incidents() as wanted:
                incidents = ChangedIncidents(self.changes, cursor, wanted)
                async for batch in everywhere(self.snapshot, incidents, quiet):
                    yield batch
                if gone := await self.gone(cursor, blueprint_of(resource.resource_config)):
                    await ocean.unregister(gone)
            case IncidentUpdates(incidents=wanted):
                incidents = ChangedIncidents(self.changes, cursor, wanted)
                updates = ChangedIncidentUpdates(incidents)
                async for batch in everywhere(self.snapshot, updates, quiet):
                    yield batch
            case stream:
                async for batch in everywhere(self.snapshot, stream, quiet):
                    yield batch

    async def gone(self, cursor: datetime, blueprint: str | None) -> list[Entity]:
        """Return the entities of a blueprint whose incidents are no longer there."""
        open_in_port = await self.open_in_port.get()
        return [
            entity
            for page in await self.snapshot.pages(self.quiet.since(cursor))
            for incident_id in (await self.changes.of(page.content["id"], cursor)).gone
            for entity in open_in_port.of(page.content["id"], incident_id)
            if entity.blueprint == blueprint
        ]

    def close(self) -> None:
        """Stop what is still under way and give back what it holds."""
        self.changes.close()
        self.quiet.close()
        self.open_in_port.cancel()
        self.snapshot.close()

    async def _open_ids(self) -> dict[str, frozenset[str]]:
        return (await self.open_in_port.get()).ids()


@asynccontextmanager
async def session(open_snapshot: OpenSnapshot) -> AsyncIterator[Session]:
    """Give a kind the resync's session; it is closed behind the last kind.

    The first kind opens it, and starts to fetch what all kinds of the mapping will read.
    """
    # A handler that Ocean has dropped is closed when nothing of its event is there any more.
    attributes = event.attributes
    incremental = event.event_type == EventType.INCREMENTAL_RESYNC
    blocks = event.port_app_config.resources
    closing = resource.index == len(blocks) - 1
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
        closing = closing or incremental
        if isinstance(error, StatuspageError) and not isinstance(error, ResyncIncomplete):
            raise ResyncFailed(error) from error
        raise
    finally:
        if closing:
            if attributes.get(ATTRIBUTE) is current:
                del attributes[ATTRIBUTE]
            current.close()


def _opened(
    open_snapshot: OpenSnapshot, blocks: Sequence[ResourceConfig], *, incremental: bool
) -> Session:
    # By name and not by class: Ocean loads integration.py a second time, with classes of its own.
    incidents = [block for block in blocks if block.kind == ObjectKind.INCIDENT]
    read_whole = [block for block in blocks if not (incremental and block.kind in CHANGING)]
    opened = Session(open_snapshot(held_in_port(blocks)), incidents)
    cursor = active_incremental_cursor() if incremental else None
    opened.snapshot.fetch_ahead(
        (collection for block in read_whole for collection in stream_of(block).collections),
        None if cursor is None else opened.quiet.since(cursor),
    )
    return opened


def current_stream() -> KindStream:
    """Return the stream of the block of the mapping that Ocean reads a kind for."""
    return stream_of(event.resource_config)
