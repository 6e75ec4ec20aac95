"""Which pages have not changed since the last incremental sync, told by their public view.

Whatever changes on a page moves the moment of its last change, which the view shows at no cost.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from statuspage import Raw, StatuspageClient

from .single_flight import Once
from .streams import moment

# The view may come out of a cache. What an old copy hides now, the next sync still looks back to.
OLDEST_COPY = timedelta(minutes=15)


@dataclass(slots=True)
class QuietPages:
    """When each page changed last, asked for once for all kinds; each kind has its own cursor."""

    client: StatuspageClient
    _changed: dict[str, Once[datetime | None]] = field(default_factory=dict)

    def since(self, cursor: datetime) -> Callable[[Raw], Awaitable[bool]]:
        """Return the question whether a page is known not to have changed since the cursor."""
        last = cursor - OLDEST_COPY

        async def is_quiet(page: Raw) -> bool:
            told = moment(page.get("updated_at"))
            if told is not None and told >= last:
                return False
            shown = await self._changed_at(page)
            return shown is not None and shown < last

        return is_quiet

    async def _changed_at(self, page: Raw) -> datetime | None:
        if page["id"] not in self._changed:
            self._changed[page["id"]] = Once(lambda: self._read(page))
        return await self._changed[page["id"]].get()

    async def _read(self, page: Raw) -> datetime | None:
        summary = await self.client.summary(page)
        if summary is None or summary.page.get("id") != page["id"]:
            return None
        return moment(summary.page.get("updated_at"))

    def close(self) -> None:
        """Stop what is still under way."""
        for once in self._changed.values():
            once.cancel()
