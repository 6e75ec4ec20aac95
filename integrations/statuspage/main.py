"""What the integration does, and when: a table of contents."""

from collections.abc import AsyncIterator

from port_ocean.context.ocean import ocean
from port_ocean.core.probe import ProbeContext

import front_page
import log_bridge
import probing
from actions.register import register_actions
from kinds import ObjectKind
from live_events.receive import receive
from resync.session import current_stream, session
from runtime import Runtime
from statuspage import Raw
from subscriptions.startup import this_installation

log_bridge.install()
runtime = Runtime()


@ocean.on_start()
async def keep_subscriptions() -> None:
    """Have Statuspage tell what changes, where webhooks are processed."""
    runtime.subscriptions.start()


@ocean.on_resync_start()
async def check_subscriptions() -> None:
    """Look again, since Statuspage gives an unreachable webhook up without a word."""
    runtime.subscriptions.recheck()


# Statuspage tells of changes at /integration/webhook, and Port what is to be written.
receive("/webhook", runtime.queue_live_event)
front_page.show()
register_actions(lambda: runtime.runs, runtime.end_unfinished_runs)


async def read_everything(_: str) -> AsyncIterator[list[Raw]]:
    async with session(runtime.open_snapshot) as resync:
        async for batch in runtime.overlap.load(resync.everything(), current_stream()):
            yield batch


async def read_changes(_: str) -> AsyncIterator[list[Raw]]:
    async with session(runtime.open_snapshot) as resync:
        async for batch in runtime.overlap.load(resync.changed(), current_stream()):
            yield batch


for kind in ObjectKind:
    ocean.on_resync(kind)(read_everything)
    ocean.on_incremental_resync(kind)(read_changes)


@ocean.on_probe()
async def probe(context: ProbeContext) -> ProbeContext:
    """Tell whether the key is good, which pages it sees, and whether they send live events."""
    page_ids = runtime.settings.page_ids
    return await probing.probe(context, runtime.client, page_ids, this_installation())
