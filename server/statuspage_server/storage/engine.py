"""Opening a database: SQLite in one file, or PostgreSQL by URL."""

import sqlite3
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from statuspage_server.errors import StartError

# Any number will do, as long as every instance uses the same.
WRITE_LOCK = 7_803_311

READERS = 4

# The first that finds parts of words (the trigram tokenizer of FTS5).
OLDEST_SQLITE = (3, 34)


def database_url(text_of_url: str, folder: Path) -> URL:
    """What the operator wrote, with a relative SQLite path taken from the config file's folder."""
    try:
        url = make_url(text_of_url)
    except ArgumentError as error:
        raise StartError(
            "The database's address cannot be read. Write for example "
            "sqlite:///statuspage.db or postgresql://user:password@host/name."
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StartError(f"{backend} is not supported. Use SQLite or PostgreSQL.")
    if not url.database or url.database == ":memory:":
        raise StartError("State has to live in a file. Write for example sqlite:///statuspage.db.")
    return url.set(drivername="sqlite", database=str(folder / url.database))


# Documents are read by the thousand for one list: pydantic's reader takes a third of the time that
# the standard library's does, and keeps whole numbers of any size, which other fast ones do not.
_DOCUMENTS: dict[str, Any] = {
    "json_serializer": lambda value: to_json(value).decode(),
    "json_deserializer": from_json,
}


def open_engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise StartError(
                f"SQLite {sqlite3.sqlite_version} is too old: 3.34 is needed at least."
            )
        engine = create_engine(
            url, pool_size=READERS + 1, connect_args={"timeout": 30}, **_DOCUMENTS
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_size=READERS + 1,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        **_DOCUMENTS,
    )


def writing_engine(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writing=True)
    # After the wait for the lock a write has to see what the last holder committed, so its
    # snapshot must not be older than the lock.
    return engine.execution_options(isolation_level="READ COMMITTED")


def _prepare_sqlite(connection: Any, _: object) -> None:
    # The driver's own idea of when a transaction begins is older than WAL; ours is below.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL, so that what was acknowledged survives a power cut too; writes share their commits.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-16000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def take_write_lock(connection: Connection) -> None:
    """One writer at a time on both databases: no deadlocks, no lost updates, and no retries.

    SQLite has it from BEGIN IMMEDIATE, which waits in line; PostgreSQL is asked for it here.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})


def sentence_of(error: SQLAlchemyError) -> str:
    """The driver's own words, without SQL and parameters, which may hold secrets."""
    return str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
