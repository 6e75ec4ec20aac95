"""Starts the keeper in the process that processes webhooks, and stops it with the process."""

import asyncio

from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.utils.signal import signal_handler

from runtime import Runtime

from .installation import Installation, mark_of
from .keeper import Keeper
from .public_address import UNREADABLE, doubt
from .watch import Watch


def this_installation(secret: str | None) -> Installation:
    """Return who we are on a page, from Ocean's configuration."""
    # Each reading of base_url writes a line when the deprecated appHost is set.
    return Installation(
        mark_of(ocean.config.port.client_id, ocean.config.integration.identifier),
        ocean.app.base_url or None,
        secret,
    )


class Subscriptions:
    """The keeper of this process, where webhooks are processed; nothing elsewhere."""

    def __init__(self) -> None:
        self._watch: Watch | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, runtime: Runtime) -> None:
        """Begin to watch, in the background: the start waits for nothing here."""
        if not ocean.config.event_listener.should_process_webhooks:
            return
        installation = this_installation(runtime.settings.webhook_secret)
        if installation.base_url is None:
            logger.info(
                "There are no live events: OCEAN__BASE_URL is not set, so Statuspage cannot be "
                "told where to send them"
            )
            return
        if reason := doubt(installation.base_url):
            logger.warning(
                "Live events may not arrive at OCEAN__BASE_URL: {}. Set an address that Statuspage "
                "can reach from the internet.",
                reason,
            )
            if reason == UNREADABLE:
                return
        keeper = Keeper(
            runtime.client,
            installation,
            page_ids=runtime.settings.page_ids,
            contact=runtime.settings.webhook_contact_email,
            learn=runtime.learn_pages,
        )
        self._watch = Watch(keeper.check)
        self._task = asyncio.create_task(self._watch.run(), name="webhook subscriptions")
        self._task.add_done_callback(_tell_its_end)
        signal_handler.register(self._task.cancel)

    def recheck(self) -> None:
        """Check again soon, without waiting for it."""
        if self._watch is not None:
            self._watch.wake()


def _tell_its_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        logger.opt(exception=error).error("The webhook subscriptions are no longer checked")
