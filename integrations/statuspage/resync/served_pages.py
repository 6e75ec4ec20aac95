"""The pages that we serve, as far as this process has seen them."""

from collections.abc import Sequence
from dataclasses import dataclass

from statuspage import Raw, StatuspageClient

from .known_pages import KnownPages

# No event tells that a page was renamed or added.
GOOD_FOR = 900.0
AGAIN_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class ServedPages:
    """Reads the list of pages only where no resync has read it lately."""

    client: StatuspageClient
    known: KnownPages
    page_ids: Sequence[str] = ()

    async def page(self, page_id: str) -> Raw | None:
        """Return a page as it was read lately; None when we do not serve it."""
        if self.page_ids and page_id not in self.page_ids:
            return None
        if self._is_due(page_id):
            self.learn(await self.client.pages())
        return self.known.pages.get(page_id)

    async def all(self, *, newer_than: float = GOOD_FOR) -> list[Raw]:
        """Return the pages that we serve, as they were read so many seconds ago at most."""
        read_at = self.known.read_at
        if read_at is None or self.client.clock.now() - read_at >= newer_than:
            self.learn(await self.client.pages())
        return list(self.known.pages.values())

    def learn(self, pages: list[Raw]) -> None:
        """Remember the list of pages, whoever has read it."""
        ours = [page for page in pages if not self.page_ids or page["id"] in self.page_ids]
        self.known.learn(ours, self.client.clock.now())

    def _is_due(self, page_id: str) -> bool:
        if self.known.read_at is None:
            return True
        good_for = GOOD_FOR if page_id in self.known.pages else AGAIN_AFTER
        return self.client.clock.now() - self.known.read_at >= good_for
