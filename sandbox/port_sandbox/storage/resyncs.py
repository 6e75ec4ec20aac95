"""What an integration tells about its resyncs: their state, and what each kind brought."""

from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.storage.database import Database, packed, unpacked

RUNNING = "running"


class ResyncStore:
    """Resyncs of all integrations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_state(self, integration: str, state: str, now: str) -> None:
        """Begin a resync, or end the one that runs.

        One that never said how it ended was aborted, by a kill or a crash.
        """
        with self._database.transaction():
            ended = "aborted" if state == RUNNING else state
            self._database.execute(
                "UPDATE resyncs SET state = ?, ended_at = ? WHERE integration = ? AND state = ?",
                (ended, now, integration, RUNNING),
            )
            if state == RUNNING:
                self._database.execute(
                    "INSERT INTO resyncs (integration, state, started_at) VALUES (?, ?, ?)",
                    (integration, RUNNING, now),
                )

    def note_metrics(self, integration: str, rows: list[Document]) -> None:
        """Keep what kinds brought; the newest word about a kind counts."""
        with self._database.transaction():
            for row in rows:
                event_id = str(row.get("eventId", ""))
                self._attach(integration, event_id)
                self._database.execute(
                    "INSERT INTO sync_kinds VALUES (?, ?, ?) ON CONFLICT (event_id, kind)"
                    " DO UPDATE SET document = excluded.document",
                    (event_id, str(row.get("kindIdentifier", "")), packed(row)),
                )

    def latest(self, limit: int = 50, integration: str | None = None) -> list[Document]:
        """Return resyncs with their kinds, the newest first."""
        rows = self._database.all(
            "SELECT * FROM resyncs WHERE ? IS NULL OR integration = ? ORDER BY id DESC LIMIT ?",
            (integration, integration, limit),
        )
        return [{**dict(row), "kinds": self.kinds(row["event_id"])} for row in rows]

    def kinds(self, event_id: str | None) -> list[Document]:
        """Return what the kinds of a resync brought, in the order of the mapping."""
        rows = self._database.all(
            "SELECT document FROM sync_kinds WHERE event_id = ? ORDER BY rowid", (event_id,)
        )
        return [unpacked(row["document"]) for row in rows]

    def is_running(self) -> bool:
        return bool(
            self._database.number("SELECT count(*) FROM resyncs WHERE state = ?", (RUNNING,))
        )

    def _attach(self, integration: str, event_id: str) -> None:
        """Say which resync an event id belongs to: the newest that has none yet."""
        known: Any = self._database.first("SELECT id FROM resyncs WHERE event_id = ?", (event_id,))
        if known is None:
            self._database.execute(
                "UPDATE resyncs SET event_id = ? WHERE event_id IS NULL AND id ="
                " (SELECT max(id) FROM resyncs WHERE integration = ?)",
                (event_id, integration),
            )
