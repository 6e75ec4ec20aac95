"""What belongs to the resync that Ocean is running, for as long as it runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from port_ocean.context.event import EventType, event
from port_ocean.context.resource import resource
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.models import Entity

from statuspage import Collection, StatuspageError

from .believed import Believed, believed_open, blueprint_of
from .changes import Changes
from .errors import ResyncFailed, ResyncIncomplete
from .single_flight import Once
from .snapshot import Snapshot

# Ocean hands the attributes of one resync to all its kinds, and drops them with it.
ATTRIBUTE = "statuspage_session"


class Session:
    """One resync: what it has read, and for an incremental one what Port believes."""

    def __init__(self, snapshot: Snapshot, incident_mappings: Iterable[ResourceConfig]) -> None:
        self.snapshot = snapshot
        self.believed: Once[Believed] = Once(lambda: believed_open(incident_mappings))
        self.changes = Changes(snapshot, Once(self._believed_ids))

    async def gone(self, cursor: datetime, mapping: ResourceConfig) -> list[Entity]:
        """Return the entities of a mapping whose incidents are no longer there."""
        believed = await self.believed.get()
        blueprint = blueprint_of(mapping)
        return [
            entity
            for page in (await self.snapshot.chosen()).pages
            for incident_id in (await self.changes.of(page["id"], cursor)).gone
            for entity in believed.of(page["id"], incident_id)
            if entity.blueprint == blueprint
        ]

    def close(self) -> None:
        """Stop what is still under way and give back what it holds."""
        self.changes.close()
        self.believed.cancel()
        self.snapshot.close()

    async def _believed_ids(self) -> dict[str, frozenset[str]]:
        return (await self.believed.get()).ids()


@asynccontextmanager
async def session(
    open_snapshot: Callable[[], Snapshot],
    *,
    ahead: Iterable[Collection],
    incident_mappings: Iterable[ResourceConfig],
) -> AsyncIterator[Session]:
    """Give a kind the resync's session; it is closed behind the last kind.

    The first kind opens it, and starts to fetch `ahead`: what all kinds of the mapping will read.
    """
    # A handler that Ocean has dropped is closed when nothing of its event is there any more.
    attributes = event.attributes
    incremental = event.event_type == EventType.INCREMENTAL_RESYNC
    closing = resource.index == len(event.port_app_config.resources) - 1
    if ATTRIBUTE not in attributes:
        attributes[ATTRIBUTE] = Session(open_snapshot(), incident_mappings)
        attributes[ATTRIBUTE].snapshot.fetch_ahead(ahead)
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
