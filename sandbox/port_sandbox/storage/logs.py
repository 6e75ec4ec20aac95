"""The log lines that integrations send."""

from collections.abc import Sequence

from port_sandbox.core.json_types import Document
from port_sandbox.storage.database import Database, packed, unpacked

# Ocean sends a line for almost everything it does; the oldest go.
KEPT = 50_000


class LogStore:
    """Log lines of all integrations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, integration: str, lines: Sequence[Document]) -> None:
        with self._database.transaction():
            self._database.execute_many(
                "INSERT INTO logs (integration, level, at, message, extra) VALUES (?, ?, ?, ?, ?)",
                [
                    (
                        integration,
                        str(line.get("level", "INFO")).upper(),
                        str(line.get("timestamp", "")),
                        _storable(str(line.get("message", ""))),
                        packed(line.get("extra") or {}),
                    )
                    for line in lines
                ],
            )
            self._database.execute(
                "DELETE FROM logs WHERE id <= (SELECT max(id) FROM logs) - ?", (KEPT,)
            )

    def latest(
        self,
        *,
        levels: Sequence[str] = (),
        integration: str | None = None,
        limit: int = 100,
        before: int | None = None,
    ) -> list[Document]:
        """Return lines, the newest first."""
        conditions, values = ["1"], list[object]()
        if levels:
            conditions.append(f"level IN ({', '.join('?' * len(levels))})")
            values += levels
        if integration is not None:
            conditions.append("integration = ?")
            values.append(integration)
        if before is not None:
            conditions.append("id < ?")
            values.append(before)
        rows = self._database.all(
            f"SELECT * FROM logs WHERE {' AND '.join(conditions)}"  # noqa: S608
            " ORDER BY id DESC LIMIT ?",
            (*values, limit),
        )
        return [{**dict(row), "extra": unpacked(row["extra"])} for row in rows]

    def counts(self) -> dict[str, int]:
        rows = self._database.all("SELECT level, count(*) AS lines FROM logs GROUP BY level")
        return {row["level"]: row["lines"] for row in rows}


def _storable(text: str) -> str:
    """Return a text that SQLite can keep: half a surrogate pair cannot be."""
    return text.encode(errors="replace").decode()
