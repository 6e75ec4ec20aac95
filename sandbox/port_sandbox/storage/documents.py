"""Scorecards, pages and actions: kept and shown as they came."""

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Conflict, NotFound
from port_sandbox.storage.database import Database, packed, unpacked


class DocumentStore:
    """Documents of one collection, each below a parent or below none."""

    def __init__(self, database: Database, collection: str) -> None:
        self._database = database
        self._collection = collection

    def create(self, document: Document, parent: str = "") -> Document:
        if self.find(document["identifier"], parent) is not None:
            raise Conflict(f'"{document["identifier"]}" is already one of the {self._collection}')
        self._put(document, parent)
        return document

    def change(self, identifier: str, sent: Document, parent: str = "") -> Document:
        document = {**self.get(identifier, parent), **sent, "identifier": identifier}
        self._put(document, parent)
        return document

    def find(self, identifier: str, parent: str = "") -> Document | None:
        """Return a document, if it is there."""
        row = self._database.first(
            "SELECT document FROM documents WHERE collection = ? AND parent = ? AND identifier = ?",
            (self._collection, parent, identifier),
        )
        return unpacked(row["document"]) if row else None

    def get(self, identifier: str, parent: str = "") -> Document:
        document = self.find(identifier, parent)
        if document is None:
            raise NotFound(f'"{identifier}" is not one of the {self._collection}')
        return document

    def all(self, parent: str | None = None) -> list[Document]:
        """Return all documents, or those of a parent."""
        rows = self._database.all(
            "SELECT document FROM documents WHERE collection = ? AND (? IS NULL OR parent = ?)"
            " ORDER BY rowid",
            (self._collection, parent, parent),
        )
        return [unpacked(row["document"]) for row in rows]

    def delete(self, identifier: str, parent: str = "") -> None:
        self.get(identifier, parent)
        self._database.execute(
            "DELETE FROM documents WHERE collection = ? AND parent = ? AND identifier = ?",
            (self._collection, parent, identifier),
        )

    def _put(self, document: Document, parent: str) -> None:
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?) ON CONFLICT (collection, parent, identifier)"
            " DO UPDATE SET document = excluded.document",
            (self._collection, parent, document["identifier"], packed(document)),
        )
