"""Runs of actions and of workflow nodes: waiting, claimed, acknowledged, done."""

from collections.abc import Sequence

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Conflict, NotFound
from port_sandbox.storage.database import Database, packed, unpacked


class RunStore:
    """Runs of one family: those of actions, or those of workflow nodes."""

    def __init__(self, database: Database, family: str) -> None:
        self._database = database
        self._family = family

    def create(self, run_id: str, installation: str, name: str, document: Document) -> None:
        """Keep a new run, waiting for its integration."""
        self._database.execute(
            "INSERT INTO runs (id, family, installation, name, document) VALUES (?, ?, ?, ?, ?)",
            (run_id, self._family, installation, name, packed(document)),
        )

    def find(self, run_id: str) -> Document | None:
        """Return a run, if it is there."""
        row = self._database.first(
            "SELECT document FROM runs WHERE id = ? AND family = ?", (run_id, self._family)
        )
        return unpacked(row["document"]) if row else None

    def get(self, run_id: str) -> Document:
        found = self.find(run_id)
        if found is None:
            raise NotFound(f'Run with identifier "{run_id}" was not found')
        return found

    def is_taken(self, run_id: str) -> bool:
        """Tell whether an integration has acknowledged a run."""
        return bool(
            self._database.number(
                "SELECT count(*) FROM runs WHERE id = ? AND acknowledged = 1", (run_id,)
            )
        )

    def with_external_id(self, external_id: str) -> list[Document]:
        """Return the runs that an integration has given an id of its own."""
        rows = self._database.all(
            "SELECT document FROM runs WHERE external_id = ? AND family = ? ORDER BY rowid DESC",
            (external_id, self._family),
        )
        return [unpacked(row["document"]) for row in rows]

    def latest(self, limit: int = 100) -> list[Document]:
        """Return runs, the newest first."""
        rows = self._database.all(
            "SELECT document FROM runs WHERE family = ? ORDER BY rowid DESC LIMIT ?",
            (self._family, limit),
        )
        return [unpacked(row["document"]) for row in rows]

    def about(self, blueprint: str, identifier: str, limit: int = 10) -> list[Document]:
        """Return the runs of actions on an entity, the newest first."""
        rows = self._database.all(
            "SELECT document FROM runs WHERE family = ?"
            " AND json_extract(document, '$.blueprint') = ?"
            " AND json_extract(document, '$.entity') = ? ORDER BY rowid DESC LIMIT ?",
            (self._family, blueprint, identifier, limit),
        )
        return [unpacked(row["document"]) for row in rows]

    def claim(
        self, installation: str, *, limit: int, now: str, until: str, exclude: Sequence[str]
    ) -> list[Document]:
        """Hand out runs; until a moment nobody else gets them."""
        with self._database.transaction():
            rows = self._database.all(
                "SELECT id, name, document FROM runs WHERE family = ? AND installation = ?"
                " AND acknowledged = 0 AND claimed_until <= ? ORDER BY rowid",
                (self._family, installation, now),
            )
            chosen = [row for row in rows if row["name"] not in exclude][:limit]
            self._database.execute_many(
                "UPDATE runs SET claimed_until = ? WHERE id = ?",
                [(until, row["id"]) for row in chosen],
            )
        return [unpacked(row["document"]) for row in chosen]

    def acknowledge(self, run_id: str) -> None:
        """Give a run to the one who asks first."""
        self.get(run_id)
        if not self._database.execute(
            "UPDATE runs SET acknowledged = 1 WHERE id = ? AND acknowledged = 0", (run_id,)
        ):
            raise Conflict(f'The run "{run_id}" is already acknowledged')

    def change(self, run_id: str, sent: Document) -> Document:
        document = {**self.get(run_id), **sent}
        self._database.execute(
            "UPDATE runs SET document = ?, external_id = ? WHERE id = ?",
            (packed(document), document.get("externalRunId"), run_id),
        )
        return document

    def add_log(self, run_id: str, at: str, level: str, message: str) -> None:
        self.get(run_id)
        self._database.execute(
            "INSERT INTO run_logs (run, at, level, message) VALUES (?, ?, ?, ?)",
            (run_id, at, level, message),
        )

    def logs(self, run_id: str) -> list[Document]:
        rows = self._database.all(
            "SELECT at, level, message FROM run_logs WHERE run = ? ORDER BY id", (run_id,)
        )
        return [dict(row) for row in rows]
