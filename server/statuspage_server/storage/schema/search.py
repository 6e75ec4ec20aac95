"""What `q` looks through: one text for each incident, and an index of its three-letter pieces.

Both databases bring such an index, each in words of its own: SQLite in FTS5, PostgreSQL in the
extension pg_trgm. Where an operator's PostgreSQL does not allow the extension, the texts are read.
"""

import logging
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, String, Table, column, event, table, text
from sqlalchemy.exc import SQLAlchemyError

from statuspage_server.storage.schema.columns import RowNumber, metadata
from statuspage_server.storage.schema.columns import text as text_column

log = logging.getLogger("statuspage_server")

incident_texts = Table(
    "incident_texts",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column(
        "incident_id",
        String(12),
        ForeignKey("incidents.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    text_column("text", required=True),
)

# On SQLite alone: the pieces of the texts, by the texts' numbers.
incident_pieces = table("incident_pieces", column("rowid"), column("incident_pieces"))

_SQLITE = (
    """CREATE VIRTUAL TABLE incident_pieces USING fts5(
        text, content='incident_texts', content_rowid='number', tokenize='trigram', detail='none'
    )""",
    """CREATE TRIGGER incident_text_added AFTER INSERT ON incident_texts BEGIN
        INSERT INTO incident_pieces (rowid, text) VALUES (new.number, new.text);
    END""",
    """CREATE TRIGGER incident_text_removed AFTER DELETE ON incident_texts BEGIN
        INSERT INTO incident_pieces (incident_pieces, rowid, text)
        VALUES ('delete', old.number, old.text);
    END""",
)
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    # New entries go where they belong at once: a heap of them would be read by every search.
    """CREATE INDEX incident_texts_pieces ON incident_texts
        USING gin (text gin_trgm_ops) WITH (fastupdate = off)""",
)


@event.listens_for(incident_texts, "after_create")
def _index(_: Table, connection: Connection, **__: Any) -> None:
    if connection.dialect.name == "sqlite":
        for statement in _SQLITE:
            connection.execute(text(statement))
        return
    try:
        with connection.begin_nested():
            for statement in _POSTGRESQL:
                connection.execute(text(statement))
    except SQLAlchemyError as error:
        log.warning("Searching for incidents will be slow: PostgreSQL refused pg_trgm (%s).", error)
