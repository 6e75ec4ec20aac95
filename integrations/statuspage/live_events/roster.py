"""The pages that we serve, as far as this process has seen them."""

from collections.abc import Sequence
from dataclasses import dataclass

from resync.knowledge import Knowledge
from resync.snapshot import choose
from statuspage import Raw, StatuspageClient

# No event tells that a page was renamed or added.
GOOD_FOR = 900.0
AGAIN_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Roster:
    """Reads the list of pages only where no resync has read it lately."""

    client: StatuspageClient
    knowledge: Knowledge
    page_ids: Sequence[str] = ()

    def serves(self, page_id: str) -> bool:
        """Tell whether a page is one of ours, as far as is known yet."""
        if self.page_ids:
            return page_id in self.page_ids
        return not self.knowledge.pages or page_id in self.knowledge.pages

    def cost(self, page_id: str) -> int:
        """Return how many requests it takes to know a page."""
        read_at = self.knowledge.pages_read_at
        if read_at is None:
            return 1
        good_for = GOOD_FOR if page_id in self.knowledge.pages else AGAIN_AFTER
        return int(self.client.clock.now() - read_at >= good_for)

    async def page(self, page_id: str) -> Raw | None:
        """Return a page as it was read lately; None when the key does not see it."""
        if self.cost(page_id):
            chosen = choose(await self.client.pages(), self.page_ids)
            self.knowledge.learn_pages(chosen.pages, self.client.clock.now())
        return self.knowledge.pages.get(page_id)
