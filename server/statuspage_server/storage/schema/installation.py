"""What belongs to the whole installation."""

from sqlalchemy import Column, String, Table, Text

from statuspage_server.storage.schema.columns import flag, id_column, metadata, moment, text

api_keys = Table(
    "api_keys",
    metadata,
    id_column(),
    text("name", required=True),
    Column("digest", String(64), nullable=False, unique=True),
    # The first letters, so that a person can tell their keys apart.
    Column("hint", String(8), nullable=False),
    flag("read_only"),
    moment("created_at", required=True),
    moment("revoked_at"),
)

# Small things the whole installation remembers, one row each.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
