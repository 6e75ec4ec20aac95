"""What happened to entities, and what of it came by live events."""

from port_sandbox.core.entities import Key
from port_sandbox.core.json_types import Document
from port_sandbox.storage.database import Database, Row, packed, unpacked

WITH_TITLES = (
    "SELECT h.id, h.blueprint, h.identifier, h.action, h.at, h.by, e.title FROM history h"
    " LEFT JOIN entities e ON e.blueprint = h.blueprint AND e.identifier = h.identifier"
)


class HistoryStore:
    """Changes of all entities."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, key: Key, action: str, at: str, by: str, changes: Document, *, live: bool
    ) -> None:
        """Keep a change."""
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO history (blueprint, identifier, action, at, by, changes)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*key, action, at, by, packed(changes)),
            )
            if live:
                self._database.execute("INSERT INTO live_changes SELECT max(id) FROM history")

    def of(self, key: Key, limit: int = 100) -> list[Document]:
        """Return the history of an entity, the newest first."""
        return [
            {**dict(row), "changes": unpacked(row["changes"])}
            for row in self._database.all(
                "SELECT id, action, at, by, changes FROM history"
                " WHERE blueprint = ? AND identifier = ? ORDER BY id DESC LIMIT ?",
                (*key, limit),
            )
        ]

    def latest(self, limit: int) -> list[Document]:
        """Return what happened last in the whole catalog, the newest first."""
        rows = self._database.all(f"{WITH_TITLES} ORDER BY h.id DESC LIMIT ?", (limit,))
        return [_titled(row) for row in rows]

    def live(self, limit: int) -> list[Document]:
        """Return what live events have changed, the newest first."""
        rows = self._database.all(
            f"{WITH_TITLES} JOIN live_changes l ON l.history = h.id ORDER BY h.id DESC LIMIT ?",
            (limit,),
        )
        return [_titled(row) for row in rows]


def _titled(row: Row) -> Document:
    return {**dict(row), "title": unpacked(row["title"]) if row["title"] else None}
