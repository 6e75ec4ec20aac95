"""All access to the database, in one thread of its own: a disk may be slow."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from statuspage_bridge.errors import StartError, StateFailed

from .address import PATIENCE, is_file, lock_engine, lock_file, open_engine
from .schema import prepare

type Work[T] = Callable[[Connection], T]

# Any numbers will do, as long as every replica uses the same.
WRITE_LOCK, TURN_LOCK = 7_803_411, 7_803_412


class Database:
    """An open database. `trouble` tells what is wrong with it."""

    def __init__(self, url: URL) -> None:
        self.is_shared = url.get_backend_name() == "postgresql"
        self.is_kept = is_file(url) or self.is_shared
        self.trouble: str | None = None
        self._engine = open_engine(url)
        self._writing = self._engine.execution_options(writes=True)
        self._locks: Engine | None = lock_engine(url) if self.is_shared else None
        self._thread = ThreadPoolExecutor(1, "state")
        self._lock: IO[str] | None = None
        self._is_closed = False

    @classmethod
    def open(cls, url: URL, *, alone: bool = True, patience: float = PATIENCE) -> Self:
        """Open it and make its tables. `alone` keeps other bridges from a file meanwhile."""
        lock = lock_file(url, patience) if alone and is_file(url) else None
        database = cls(url)
        database._lock = lock
        try:
            database.write_now(prepare)
        except StateFailed as error:
            database.close()
            raise StartError(f"STATE cannot be opened. {error}") from error
        except StartError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Let go of it; what was written is there. What is closed may be closed again."""
        if self._is_closed:
            return
        self._is_closed = True
        self._thread.submit(self._engine.dispose).result()
        self._thread.shutdown()
        if self._locks is not None:
            self._locks.dispose()
        if self._lock is not None:
            self._lock.close()

    async def read[T](self, work: Work[T]) -> T:
        """Return what some work reads."""
        return await asyncio.wrap_future(self._thread.submit(self._read, work))

    async def write[T](self, work: Work[T]) -> T:
        """Do some work as a whole, or nothing of it; when this returns, it is on the disk."""
        return await asyncio.wrap_future(self._thread.submit(self._write, work))

    def read_now[T](self, work: Work[T]) -> T:
        """As `read`, for commands."""
        return self._thread.submit(self._read, work).result()

    def write_now[T](self, work: Work[T]) -> T:
        """As `write`, for the start."""
        return self._thread.submit(self._write, work).result()

    async def try_lock(self, page: str) -> Connection | None:
        """Return a connection that keeps other replicas from planning for the page, if none does.

        PostgreSQL lets go of the lock when the connection ends, however it ends.
        """
        return await asyncio.wrap_future(self._thread.submit(self._try_lock, page))

    async def check_lock(self, held: Connection) -> None:
        """Fail where the connection is lost, and with it the lock."""
        await asyncio.wrap_future(self._thread.submit(self._check_lock, held))

    async def unlock(self, held: Connection) -> None:
        """Let others plan."""
        await asyncio.wrap_future(self._thread.submit(held.close))

    def _read[T](self, work: Work[T]) -> T:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise self._failed("read", error) from error

    def _write[T](self, work: Work[T]) -> T:
        try:
            with self._writing.begin() as connection:
                if self.is_shared:
                    # One writer at a time, so that none overwrites what it has not seen.
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK}
                    )
                done = work(connection)
        except SQLAlchemyError as error:
            raise self._failed("written", error) from error
        self.trouble = None
        return done

    def _failed(self, what: str, error: SQLAlchemyError) -> StateFailed:
        """Note what is wrong, until something can be written again."""
        self.trouble = f"The state cannot be {what}: {_sentence(error)}."
        return StateFailed(self.trouble)

    def _try_lock(self, page: str) -> Connection | None:
        if self._locks is None:
            return None
        try:
            connection = self._locks.connect()
            asked = {"lock": TURN_LOCK, "page": page}
            taken = connection.execute(
                text("SELECT pg_try_advisory_lock(:lock, hashtext(:page))"), asked
            ).scalar()
        except SQLAlchemyError as error:
            raise self._failed("reached", error) from error
        if taken:
            return connection
        connection.close()
        return None

    def _check_lock(self, held: Connection) -> None:
        try:
            held.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            raise StateFailed(
                "The connection to the state is lost, so another replica may plan: this pass ends."
            ) from error


def _sentence(error: SQLAlchemyError) -> str:
    """Return the driver's own words, without SQL and values, which may hold secrets."""
    said = str(getattr(error, "orig", None) or type(error).__name__).strip()
    return said.splitlines()[0].rstrip(".")
