"""What the integration does, and when: a table of contents."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast

from port_ocean.context.ocean import ocean
from port_ocean.core.probe import ProbeContext

import front_page
import log_bridge
from actions.register import register_actions
from kinds import ObjectKind
from live_events.receive import receive
from loading import collecting
from resync.session import current_stream, session
from runtime import Runtime
from statuspage import Raw

if TYPE_CHECKING:
    from integration import StatuspageIntegration

log_bridge.install()
runtime = Runtime()


@ocean.on_start()
async def follow_changes() -> None:
    """Have Statuspage tell what changes, and watch what its pages show in public."""
    runtime.subscriptions.start()
    runtime.watch.start()


@ocean.on_start()
async def ask_ahead() -> None:
    """Have what every resync needs on its way while Ocean reads the mapping."""
    cast("StatuspageIntegration", ocean.integration).around = runtime.asked_ahead


@ocean.on_resync_start()
async def check_subscriptions() -> None:
    """Look again, since Statuspage gives an unreachable webhook up without a word."""
    runtime.subscriptions.recheck()


# Statuspage tells of changes at /integration/webhook, and Port what is to be written.
receive("/webhook", runtime.queue_webhook)
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
    """Tell whether the key is good, which pages it sees, and which way each page is live."""
    return await runtime.probe(context)


collecting.end_start()
