"""The pages as this process has seen them; resyncs and live events share it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from statuspage import Collection, Raw, Reading, Summary


@dataclass(slots=True)
class KnownPages:
    """The pages as they were read last, how long each of their lists was, what each page showed."""

    pages: dict[str, Raw] = field(default_factory=dict)
    read_at: float | None = None
    rows: dict[tuple[str, Collection], int] = field(default_factory=dict)
    shown: dict[str, Reading[Summary]] = field(default_factory=dict)

    def learn(self, pages: Iterable[Raw], now: float) -> None:
        self.pages = {page["id"]: page for page in pages}
        self.read_at = now

    def components(self, page_id: str) -> int | None:
        """Return how many rows the list of components has, None when it was never read."""
        return self.rows.get((page_id, Collection.COMPONENTS))
