"""Integrations: what they told about themselves, where they stopped reading, what they read."""

from port_sandbox.core.json_types import Document
from port_sandbox.storage.database import Database, packed, unpacked
from port_sandbox.storage.documents import DocumentStore


class IntegrationStore:
    """Integrations by the identifier of their installation."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.documents = DocumentStore(database, "integrations")
        self.cursors = DocumentStore(database, "cursors")

    def ask_for_resync(self, identifier: str, at: str) -> Document:
        """Keep the wish for a resync, which the integration looks for; return the integration."""
        request = {"id": f"resync_{at}", "updatedAt": at}
        return self.documents.change(identifier, {"resyncRequest": request, "updatedAt": at})

    def add_examples(self, integration: str, kind: str, examples: list[Document]) -> None:
        self._database.execute_many(
            "INSERT INTO examples (integration, kind, document) VALUES (?, ?, ?)",
            [(integration, kind, packed(example)) for example in examples],
        )

    def examples(self, integration: str) -> dict[str, list[Document]]:
        """Return the newest examples of each kind."""
        found: dict[str, list[Document]] = {}
        for row in self._database.all(
            "SELECT id, kind, document FROM examples WHERE integration = ? ORDER BY id DESC"
            " LIMIT 500",
            (integration,),
        ):
            held = found.setdefault(row["kind"], [])
            if len(held) < 5:
                held.append({"_id": str(row["id"]), "data": unpacked(row["document"])})
        return found
