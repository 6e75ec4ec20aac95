"""Removes all webhook subscriptions of this installation, for when it is uninstalled.

python -m unsubscribe

It reads what `ocean sail` reads, and needs neither Port nor the address that it once had.
"""

import signal

if __name__ == "__main__":
    # Whoever presses Ctrl-C while the rest is loaded wants no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import asyncio
import sys
from collections.abc import Callable

from port_ocean.bootstrap import load_ocean_app
from port_ocean.log.logger_setup import setup_logger
from port_ocean.utils.signal import init_signal_handler

from advice import sentence
from client import read_configuration, statuspage_client
from statuspage import StatuspageClient, StatuspageError
from subscriptions.endpoint import Installation
from subscriptions.plan import read_plan
from subscriptions.startup import this_installation

# Ocean must not prepare a resync, nor live events, for a program that ends at once.
NOTHING_ELSE = {"event_listener": {"type": "ONCE", "should_resync": False}}


async def unsubscribe(
    client: StatuspageClient, installation: Installation, say: Callable[[str], object]
) -> bool:
    """Remove what is ours from every page that the key sees; tell whether all of it is gone.

    Pages that are no longer among statuspageIds may still have a subscription.
    """
    try:
        pages = await client.pages()
    except StatuspageError as error:
        say(f"Nothing was removed. {sentence(error)}\n")
        return False
    complete = True
    for page in pages:
        name = f"{page.get('name')} ({page['id']})"
        try:
            removed = await _remove(client, installation, page["id"])
        except StatuspageError as error:
            complete = False
            say(f"{name}: not everything could be removed. {sentence(error)}\n")
        else:
            say(f"{name}: {removed} removed\n")
    return complete


async def _remove(client: StatuspageClient, installation: Installation, page_id: str) -> int:
    found = await read_plan(client, installation, page_id)
    ours = [*found.remove, *([found.keep["id"]] if found.keep else [])]
    for subscriber_id in ours:
        await client.unsubscribe(page_id, subscriber_id)
    return len(ours)


def main() -> int:
    """Run the command; return its exit code."""
    init_signal_handler()
    setup_logger("WARNING", enable_http_handler=False)
    load_ocean_app(config_override=NOTHING_ELSE)

    client = statuspage_client(read_configuration())
    complete = asyncio.run(unsubscribe(client, this_installation(), sys.stdout.write))
    if not complete:
        sys.stderr.write("Some subscriptions may remain: run this again, or delete them by hand.\n")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
