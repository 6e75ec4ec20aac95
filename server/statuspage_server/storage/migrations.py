"""The schema's history: a numbered list of steps, applied in order.

A step that has been released is never edited: what changes is a step added below it. The first
makes the tables as they are today, so a later one looks whether its change is there already.
"""

from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    insert,
    inspect,
    select,
    text,
    update,
)

from statuspage_server.errors import StartError
from statuspage_server.storage.schema import (
    access_tokens,
    incident_texts,
    incidents,
    metadata,
    sessions,
)
from statuspage_server.storage.search import note_missing_texts

schema_version = Table("schema_version", MetaData(), Column("number", Integer, nullable=False))

type Step = Callable[[Connection], None]


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


def _keep_tweet_ids(connection: Connection) -> None:
    _add_column(connection, "incident_updates", "tweet_id JSON")


def _find_by_end(connection: Connection) -> None:
    connection.execute(
        text("CREATE INDEX IF NOT EXISTS incidents_by_end ON incidents (page_id, resolved_at)")
    )


def _mail_and_heartbeats(connection: Connection) -> None:
    for column in ("operator BOOLEAN NOT NULL DEFAULT FALSE", "confirmation_sent_at BIGINT"):
        _add_column(connection, "subscribers", column)
    # The tables of items, of their signals and of reports, and their indexes.
    metadata.create_all(connection)
    connection.execute(
        text("CREATE INDEX IF NOT EXISTS subscribers_of_email ON subscribers (email)")
    )


def _sign_in_at_admin(connection: Connection) -> None:
    sessions.create(connection, checkfirst=True)


def _add_column(connection: Connection, table: str, definition: str) -> None:
    there = {column["name"] for column in inspect(connection).get_columns(table)}
    if definition.split(maxsplit=1)[0] not in there:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {definition}"))


def _date_pages_by_what_they_hold(connection: Connection) -> None:
    """A page's own date used to stay behind its incidents and components."""
    for child in ("incidents", "components"):
        newest = f"(SELECT max(updated_at) FROM {child} WHERE page_id = pages.id)"  # noqa: S608
        connection.execute(
            text(f"UPDATE pages SET updated_at = {newest} WHERE updated_at < {newest}")  # noqa: S608
        )


def _find_what_is_open(connection: Connection) -> None:
    for name in ("incidents_by_status", "incidents_by_kind", "incidents_open"):
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    # Of two that look alike SQLite takes the one that was made last.
    for index in sorted(incidents.indexes, key=lambda index: index.name == "incidents_open"):
        index.create(connection, checkfirst=True)
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE incidents"))
    elif inspect(connection).has_table("sqlite_stat1"):
        # SQLite never looks again by itself: what it once counted misleads it when that has grown.
        connection.execute(text("DROP TABLE sqlite_stat1"))


def _find_words(connection: Connection) -> None:
    incident_texts.create(connection, checkfirst=True)
    note_missing_texts(connection)


def _note_who_and_why(connection: Connection) -> None:
    access_tokens.create(connection, checkfirst=True)
    for column in ("source VARCHAR(16)", "author TEXT", "comment TEXT", "incident_id VARCHAR(12)"):
        _add_column(connection, "status_changes", column)
    for column in ("source VARCHAR(16)", "author TEXT"):
        _add_column(connection, "incident_updates", column)
    for column in (
        "source VARCHAR(8) NOT NULL DEFAULT 'user'",
        "occurred_at BIGINT",
        "requested_by VARCHAR(50)",
        "url TEXT",
    ):
        _add_column(connection, "problem_reports", column)


STEPS: tuple[Step, ...] = (
    _first,
    _keep_tweet_ids,
    _find_by_end,
    _date_pages_by_what_they_hold,
    _find_what_is_open,
    _find_words,
    _mail_and_heartbeats,
    _sign_in_at_admin,
    _note_who_and_why,
)


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring the database to the newest schema. The caller holds the write lock and commits."""
    if not inspect(connection).has_table(schema_version.name):
        schema_version.create(connection)
        connection.execute(insert(schema_version).values(number=0))
    number = connection.execute(select(schema_version.c.number)).scalar_one()
    if number > len(steps):
        raise StartError(
            f"The database has schema {number}, and this version knows {len(steps)} at most: "
            "a newer version has used it. Start that version, or give another database."
        )
    for step in steps[number:]:
        step(connection)
    connection.execute(update(schema_version).values(number=len(steps)))
