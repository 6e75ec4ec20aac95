"""Keeps the subscriptions in order as long as the process runs, where webhooks are processed."""

import asyncio
from collections.abc import Awaitable, Callable, Container

from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.utils.signal import signal_handler

from .endpoint import Installation, mark_of
from .keeper import Keeper
from .public_address import UNREADABLE, doubt

# Statuspage gives a webhook up silently, about an hour after it became unreachable.
REGULAR = 1800.0

# After a check that failed: soon, then ever later.
FIRST_RETRY = 30.0

# A resync that begins so soon after a check needs none of its own: often both begin at the start.
STILL_FRESH = 60.0


def this_installation() -> Installation:
    """Return who we are on a page, from Ocean's configuration."""
    # Each reading of base_url writes a line when the deprecated appHost is set.
    return Installation(
        mark_of(ocean.config.port.client_id, ocean.config.integration.identifier),
        ocean.app.base_url or None,
        ocean.config.port.client_secret,
    )


def wait_after(failures: int) -> float:
    """Return the seconds until the next check, after so many that failed in a row."""
    return REGULAR if not failures else min(FIRST_RETRY * 2.0 ** min(failures - 1, 10), REGULAR)


class Subscriptions:
    """Runs a keeper's check at the start, at each resync, and every half hour."""

    def __init__(self, keeper: Callable[[Installation], Keeper]) -> None:
        self._keeper = keeper
        self._woken = asyncio.Event()
        self._checked_at = float("-inf")
        self._task: asyncio.Task[None] | None = None
        self._active: Container[str] = ()

    def is_active(self, page_id: str) -> bool:
        """Tell whether a page has a subscription that gets events."""
        return page_id in self._active

    def start(self) -> None:
        """Begin to check, in the background: the start waits for nothing here."""
        if not ocean.config.event_listener.should_process_webhooks:
            return
        installation = this_installation()
        if installation.base_url is None:
            logger.info(
                "There are no webhooks: OCEAN__BASE_URL is not set, so Statuspage cannot be "
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
        keeper = self._keeper(installation)
        self._active = keeper.active
        self._task = asyncio.create_task(self.run(keeper.check), name="webhook subscriptions")
        self._task.add_done_callback(_tell_its_end)
        signal_handler.register(self._task.cancel)

    async def run(self, check: Callable[[], Awaitable[bool]]) -> None:
        """Check now, and again and again."""
        failures = 0
        while True:
            complete = await check()
            failures = 0 if complete else failures + 1
            self._checked_at = asyncio.get_running_loop().time()
            self._woken.clear()
            try:
                async with asyncio.timeout(wait_after(failures)):
                    await self._woken.wait()
            except TimeoutError:
                pass

    def recheck(self) -> None:
        """Let the next check be now; one that is under way or has just been is good enough."""
        if asyncio.get_running_loop().time() - self._checked_at >= STILL_FRESH:
            self._woken.set()


def _tell_its_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        logger.opt(exception=error).error("The webhook subscriptions are no longer checked")
