"""What this process has learned of the pages: resyncs and live events share it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kinds import ObjectKind
from statuspage import Collection, Raw, Reading

from .newest import Newest


@dataclass(slots=True)
class Knowledge:
    """The pages as they were read last, how many rows each has, and what live events read."""

    newest: Newest = field(default_factory=Newest)
    pages: dict[str, Raw] = field(default_factory=dict)
    pages_read_at: float | None = None
    rows: dict[str, int] = field(default_factory=dict)

    def learn_pages(self, pages: Iterable[Raw], now: float) -> None:
        """Remember the pages to read."""
        self.pages = {page["id"]: page for page in pages}
        self.pages_read_at = now

    def learn_batch(self, collection: Collection, reading: Reading[list[Raw]]) -> None:
        """Note that a list has brought these objects anew."""
        ids = [item["id"] for item in reading.content]
        if collection is Collection.COMPONENTS:
            self.newest.overtaken(ObjectKind.COMPONENT, ids, reading.sent)
            # Of a group, live events tell the status, which stands in its row.
            self.newest.overtaken(ObjectKind.COMPONENT_GROUP, ids, reading.sent)
        elif collection is not Collection.COMPONENT_GROUPS:
            self.newest.overtaken(ObjectKind.INCIDENT, ids, reading.sent)
