"""A second look at what changed while a resync ran in another process.

Such a resync may have read an object before it changed, and writes it after a live event has. In
one process the resync sees what live events read (resync/newest.py). Where the two run apart, as
hosted by Port or with workers of their own in Helm, Port tells when the resync is over, and then
what was touched meanwhile is looked at again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from statuspage import Clock

from .hints import Hint, Subject
from .look import Found
from .publishing import Publisher

logger = logging.getLogger(__name__)

ASK_EVERY = 15.0

# A resync that runs longer has died without telling Port.
LONGEST_RESYNC = 6 * 3600.0


class BehindResync:
    """Publishes; and has it looked at again when a resync has run meanwhile."""

    def __init__(
        self,
        publish: Publisher,
        note: Callable[[Hint], object],
        resync_runs: Callable[[], Awaitable[bool]],
        clock: Clock,
    ) -> None:
        self._publish = publish
        self._note = note
        self._resync_runs = resync_runs
        self._clock = clock
        self._touched: set[Hint] = set()
        self._waiting: asyncio.Task[None] | None = None

    async def __call__(self, found: Found) -> None:
        """Ask before the catalog is written: a resync that ends later may have written last."""
        runs = await self._runs()
        await self._publish(found)
        if runs:
            self._touched |= touched(found)
            if self._waiting is None or self._waiting.done():
                self._waiting = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        begun = self._clock.now()
        while await self._runs() and self._clock.now() - begun < LONGEST_RESYNC:
            await self._clock.sleep(ASK_EVERY)
        again, self._touched = self._touched, set()
        logger.info("A resync is over: %d objects that changed meanwhile are read", len(again))
        for hint in again:
            self._note(hint)

    async def _runs(self) -> bool:
        try:
            return await self._resync_runs()
        except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
            # A look too many costs a request, one too few an old state.
            logger.warning("Port does not tell whether a resync runs (%s)", error)
            return True


def touched(found: Found) -> set[Hint]:
    """Return hints that have everything in a finding read again."""
    page_id = found.page["id"]
    return {Hint(page_id, Subject.INCIDENT, incident_id) for incident_id in found.incidents} | {
        Hint(page_id, Subject.COMPONENT, component_id) for component_id in found.components
    }
