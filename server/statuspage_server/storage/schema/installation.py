"""What belongs to the whole installation."""

from sqlalchemy import Column, String, Table, Text

from statuspage_server.storage.schema.columns import (
    flag,
    id_column,
    metadata,
    moment,
    parent,
    text,
)

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

# Who is signed in at /admin, by a key that is in force.
sessions = Table(
    "admin_sessions",
    metadata,
    # Of the secret in the browser's cookie.
    Column("digest", String(64), primary_key=True),
    parent("key_id", "api_keys.id"),
    moment("ends_at", required=True),
    # The form that was sent last: a second tap on its button does nothing more.
    Column("last_form", String(64)),
)

# What the Nobl9 API gives for a key: good for an hour, and no longer than its key.
access_tokens = Table(
    "access_tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    parent("key_id", "api_keys.id"),
    moment("ends_at", required=True),
)

# Small things the whole installation remembers, one row each.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
