"""How many will be told of an incident or a postmortem, by which way."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from statuspage_server.core.chat import CHAT_MODES
from statuspage_server.languages import Language
from statuspage_server.outbox.announce import EVERYONE, find_recipients

WAYS = (("email", "{n} by mail"), ("chat", "{n} in channels"), ("webhook", "{n} by webhook"))
SILENCE = "Nobody will be told."


def told(
    connection: Connection,
    language: Language,
    page_id: str,
    attached: Collection[str],
    incident_id: str | None,
    modes: Sequence[str] = EVERYONE,
) -> str:
    rows = find_recipients(connection, page_id, attached, incident_id, modes)
    if not rows:
        return language.text("Nobody follows this: nobody will be told.")
    counts = Counter("chat" if row.mode in CHAT_MODES else row.mode for row in rows)
    ways = [
        language.text(words, n=language.number(counts[way])) for way, words in WAYS if counts[way]
    ]
    who = language.count("{n} subscriber will be told", "{n} subscribers will be told", len(rows))
    return f"{who}: {', '.join(ways)}."
