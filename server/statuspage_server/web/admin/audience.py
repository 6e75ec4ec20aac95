"""How many will be told of an incident, by which way."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from statuspage_server.core.chat import CHAT_MODES
from statuspage_server.outbox.announce import find_recipients

WORDS = (("email", "by mail"), ("chat", "in channels"), ("webhook", "by webhook"))


@dataclass(frozen=True, slots=True)
class Audience:
    total: int
    ways: tuple[str, ...]

    @property
    def sentence(self) -> str:
        if not self.total:
            return "Nobody follows this: nobody will be told."
        people = "1 subscriber" if self.total == 1 else f"{self.total:,} subscribers"
        return f"{people} will be told: {', '.join(self.ways)}."


SILENCE = "Nobody will be told."


def find_audience(
    connection: Connection, page_id: str, attached: Collection[str], incident_id: str | None
) -> Audience:
    rows = find_recipients(connection, page_id, attached, incident_id)
    counts = Counter("chat" if row.mode in CHAT_MODES else row.mode for row in rows)
    ways = tuple(f"{counts[way]:,} {word}" for way, word in WORDS if counts[way])
    return Audience(len(rows), ways)
