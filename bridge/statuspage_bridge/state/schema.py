"""The tables, and the number of their form.

Contents are JSON, so that a new field of an alert or a decision needs no new form.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
)

from statuspage_bridge.errors import StartError

VERSION = 1

metadata = MetaData()

versions = Table("schema_version", metadata, Column("number", Integer, nullable=False))

# `asked` counts who wants a pass, `done` those that a pass has served.
pages = Table(
    "pages",
    metadata,
    Column("page", Text, primary_key=True),
    Column("began", Double, nullable=False),
    Column("asked", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("last_pass", Text),
)

alerts = Table(
    "alerts",
    metadata,
    Column("page", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("component", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("page", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Double, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("page", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("open_at", Double, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    # SQLite counts up only what is called INTEGER.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("page", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("result", Text),
    Index("decisions_by_subject", "page", "subject"),
    Index("decisions_by_time", "page", "at"),
)


def prepare(connection: Connection) -> None:
    """Make the tables where they are missing; refuse those of a newer version."""
    there = inspect(connection).has_table(versions.name)
    number = connection.execute(select(versions.c.number)).scalar() if there else None
    if number is not None and number > VERSION:
        raise StartError(
            f"The state has form {number}, and this version knows {VERSION} at most: a newer one "
            "has used it. Start that one, or set STATE to another file or database."
        )
    if number is None:
        metadata.create_all(connection)
        connection.execute(insert(versions).values(number=VERSION))
