"""Where the state is: SQLite in a file, PostgreSQL by URL, or nothing but memory."""

import fcntl
import time
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, StaticPool

from statuspage_bridge.errors import StartError

MEMORY = "sqlite://"
# The one before may need as long to end what is under way.
PATIENCE = 10.0
# Seconds; a database that does not answer must not hold up a webhook for longer.
CONNECT_WITHIN = 5


def read_address(text: str | None) -> URL:
    """Return the address that somebody wrote; without one, that of memory."""
    try:
        url = make_url(text or MEMORY)
    except ArgumentError as error:
        raise StartError(
            "STATE is no address: write for example sqlite:///bridge.db or "
            "postgresql://user:password@host/name."
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StartError(f"STATE names {backend}: it can be sqlite:///bridge.db or postgresql://.")
    return url.set(drivername="sqlite")


def is_file(url: URL) -> bool:
    """Tell whether it is a file; what is neither that nor PostgreSQL is gone with the process."""
    return url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")


def open_engine(url: URL) -> Engine:
    """Return how to reach it."""
    if url.get_backend_name() == "postgresql":
        try:
            return create_engine(
                url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_WITHIN}
            )
        except ModuleNotFoundError as error:
            raise StartError(
                "STATE is in PostgreSQL, whose driver is missing: install statuspage-bridge with "
                "its extra postgresql."
            ) from error
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def lock_engine(url: URL) -> Engine:
    """Return how to hold a lock of PostgreSQL: its connection is closed with it."""
    return create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": CONNECT_WITHIN},
    )


def lock_file(url: URL, patience: float) -> IO[str]:
    """Keep other bridges from a file, for as long as what is returned is open."""
    path = Path(f"{url.database}.lock")
    try:
        lock = path.open("w")
    except OSError as error:
        raise StartError(f"STATE: {path} cannot be written: {error.strerror}.") from error
    last = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > last:
                lock.close()
                raise StartError(
                    f"Another bridge uses {url.database}: stop it, or keep the state of several "
                    "in PostgreSQL."
                ) from error
            time.sleep(0.1)
        else:
            return lock


def _prepare_sqlite(connection: object, _: object) -> None:
    # The driver's own transactions begin too late; ours begin below.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    # What was answered with 2xx survives a power cut too.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
