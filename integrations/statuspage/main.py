"""Which handler serves which kind, and what runs when."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import cast

from port_ocean.context.event import event
from port_ocean.context.ocean import ocean
from port_ocean.core.incremental import active_incremental_cursor
from port_ocean.core.probe import ProbeContext

import log_bridge
import probing
from client import Runtime
from entities_state_applier import NotingStateApplier
from integration import (
    IncidentResourceConfig,
    IncidentUpdateResourceConfig,
    StatuspagePortAppConfig,
    StatuspageResourceConfig,
)
from kinds import ObjectKind
from live_events.look import as_seen
from live_events.processors import Reception, from_stream
from live_events.publishing import publish
from live_events.reception import receive
from live_events.subscribing.startup import Subscriptions, this_installation
from resync.changes import ChangedIncidents, ChangedIncidentUpdates
from resync.newest import kept_newest
from resync.session import Session, session
from resync.streams import everywhere
from runtime import Runtime
from statuspage import Raw

log_bridge.install()
runtime = Runtime()
subscriptions = Subscriptions()

# Live events have handlers of their own, which do not ask the integration for its classes.
ocean.app.webhook_manager.EntitiesStateApplierClass = NotingStateApplier


@ocean.on_start()
async def keep_subscriptions() -> None:
    """Have Statuspage tell what changes, where webhooks are processed."""
    subscriptions.start(runtime)


@ocean.on_resync_start()
async def check_subscriptions() -> None:
    """Look again, since Statuspage gives an unreachable webhook up without a word."""
    subscriptions.recheck()


# Statuspage tells of changes at /integration/webhook.
receive(
    "/webhook",
    Reception(lambda: runtime.desk, runtime.settings.webhook_secret, from_stream()),
)


# The lists of these three are short whatever the history: an incremental sync reads them whole.
@ocean.on_incremental_resync(ObjectKind.PAGE)
@ocean.on_incremental_resync(ObjectKind.COMPONENT_GROUP)
@ocean.on_incremental_resync(ObjectKind.COMPONENT)
@ocean.on_resync(ObjectKind.PAGE)
@ocean.on_resync(ObjectKind.COMPONENT_GROUP)
@ocean.on_resync(ObjectKind.COMPONENT)
@ocean.on_resync(ObjectKind.INCIDENT)
@ocean.on_resync(ObjectKind.INCIDENT_UPDATE)
async def read_all(_: str) -> AsyncIterator[list[Raw]]:
    """Read everything of a kind."""
    async with running() as resync:
        stream = cast("StatuspageResourceConfig", event.resource_config).stream
        read = everywhere(resync.snapshot, stream)
        async for batch in kept_newest(read, stream, runtime.knowledge.newest, forget):
            yield batch


@ocean.on_incremental_resync(ObjectKind.INCIDENT)
async def read_changed_incidents(_: str) -> AsyncIterator[list[Raw]]:
    """Read the incidents that changed; take those that are gone out of Port."""
    async with running() as resync:
        config = cast("IncidentResourceConfig", event.resource_config)
        changed = ChangedIncidents(resync.changes, cursor(), config.selector.incidents)
        read = everywhere(resync.snapshot, changed)
        async for batch in kept_newest(read, config.stream, runtime.knowledge.newest, forget):
            yield batch
        if gone := await resync.gone(cursor(), config):
            await ocean.unregister(gone)


@ocean.on_incremental_resync(ObjectKind.INCIDENT_UPDATE)
async def read_updates_of_changed_incidents(_: str) -> AsyncIterator[list[Raw]]:
    """Read the updates of the incidents that changed."""
    async with running() as resync:
        config = cast("IncidentUpdateResourceConfig", event.resource_config)
        changed = ChangedIncidents(resync.changes, cursor(), config.selector.incidents)
        read = everywhere(resync.snapshot, ChangedIncidentUpdates(changed))
        async for batch in kept_newest(read, config.stream, runtime.knowledge.newest, forget):
            yield batch


@ocean.on_probe()
async def probe(context: ProbeContext) -> ProbeContext:
    """Tell whether the key is good, which pages it sees, and whether they send live events."""
    installation = this_installation(runtime.settings.webhook_secret)
    return await probing.probe(context, runtime.client, runtime.settings.page_ids, installation)


async def forget(kind: ObjectKind, ids: list[str]) -> None:
    """Take out of Port what a live event found gone while Ocean was loading it."""
    await publish(as_seen(runtime.knowledge, kind, ids))


def cursor() -> datetime:
    """Return the moment since which changes are wanted."""
    if (moment := active_incremental_cursor()) is None:
        raise RuntimeError("Ocean sets the cursor before it calls an incremental handler.")
    return moment


def running() -> AbstractAsyncContextManager[Session]:
    """Return the session of the resync that runs now, told what the mapping will need."""
    blocks = cast("StatuspagePortAppConfig", event.port_app_config).resources
    # By name and not by class: Ocean loads integration.py a second time, with classes of its own.
    changing = (ObjectKind.INCIDENT, ObjectKind.INCIDENT_UPDATE)
    read_whole = [
        block
        for block in blocks
        if active_incremental_cursor() is None or block.kind not in changing
    ]
    return session(
        runtime.snapshot,
        ahead=[collection for block in read_whole for collection in block.stream.collections],
        incident_mappings=[block for block in blocks if block.kind == ObjectKind.INCIDENT],
    )
