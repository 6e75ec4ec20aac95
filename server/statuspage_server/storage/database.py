"""All access to the database, from threads (CLI, tests) and from the event loop (the server).

Reads run side by side. Writes go through one thread that takes everything that is waiting, runs
each write in a savepoint, commits once and only then answers: a thousand small writes a second
need a few dozen commits, and what was answered is on the disk.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from statuspage_server.errors import ServerError, StartError, StorageError
from statuspage_server.storage.engine import (
    READERS,
    open_engine,
    sentence_of,
    take_write_lock,
    writing_engine,
)
from statuspage_server.storage.migrations import migrate

type Work[T] = Callable[[Connection], T]

BATCH = 500

_NEWS = "news"


def bring_news(connection: Connection) -> None:
    """Have whoever waits for news of the database be told, once this write is committed."""
    connection.info[_NEWS] = True


@dataclass(frozen=True, slots=True)
class _Write:
    work: Work[Any]
    answer: Future[Any]


class Database:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._write_engine = writing_engine(engine)
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._waiting: SimpleQueue[_Write | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._run_writer, name="writer", daemon=True)
        self._writer.start()
        self.failing: str | None = None
        self.commits = 0
        """How many times this process has committed: what was read before may be old since."""
        self.on_news: Callable[[], object] | None = None
        """Called in the writer's thread when a write of this process brought news."""

    @property
    def is_shared(self) -> bool:
        """Whether other instances may be using the same database."""
        return self._engine.dialect.name != "sqlite"

    @classmethod
    def open(cls, url: URL) -> "Database":
        """Open and migrate. Raises StartError with a sentence for the operator."""
        engine = open_engine(url)
        database = cls(engine)
        try:
            database.write_now(migrate)
        except StorageError as error:
            database.close()
            where = url.database if url.get_backend_name() == "sqlite" else url.host
            raise StartError(f"The database {where} cannot be opened: {error}") from error
        except StartError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Finish the writes that are waiting, then let go of the file."""
        self._waiting.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._engine.dispose()

    def read_now[T](self, work: Work[T]) -> T:
        try:
            with self._engine.connect() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise StorageError(sentence_of(error)) from error

    def write_now[T](self, work: Work[T]) -> T:
        return self._submit(work).result()

    async def read[T](self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self.read_now, work)

    async def write[T](self, work: Work[T]) -> T:
        return await asyncio.wrap_future(self._submit(work))

    def _submit[T](self, work: Work[T]) -> Future[T]:
        answer: Future[T] = Future()
        self._waiting.put(_Write(work, answer))
        return answer

    def _run_writer(self) -> None:
        closing = False
        while not closing:
            batch, closing = self._take_batch()
            if batch:
                self._write_batch(batch)

    def _take_batch(self) -> tuple[list[_Write], bool]:
        batch: list[_Write] = []
        while len(batch) < BATCH:
            if batch and self._waiting.empty():
                break
            write = self._waiting.get()
            if write is None:
                return batch, True
            # Whoever hung up before it was taken gets no write; from here on it stands.
            if write.answer.set_running_or_notify_cancel():
                batch.append(write)
        return batch, False

    def _write_batch(self, batch: list[_Write]) -> None:
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self._write_engine.begin() as connection:
                take_write_lock(connection)
                done.extend((write.answer, *_attempt(connection, write.work)) for write in batch)
                news = connection.info.pop(_NEWS, False)
        except SQLAlchemyError as error:
            # The commit (or the connection) failed, so nothing of the batch was kept.
            self.failing = sentence_of(error)
            _fail_all(batch, _storage_error(error))
            return
        except Exception as error:  # noqa: BLE001 - the writer must outlive whatever happens
            self.failing = type(error).__name__
            _fail_all(batch, error)
            return
        self.failing = None
        self.commits += 1
        if news and (tell := self.on_news) is not None:
            tell()
        for answer, value, fault in done:
            _settle(answer, value, fault)


def _attempt(connection: Connection, work: Work[Any]) -> tuple[Any, BaseException | None]:
    """One write in its savepoint: what it raises is its own, and the others of the batch go on."""
    savepoint = connection.begin_nested()
    try:
        value = work(connection)
        savepoint.commit()
    except SQLAlchemyError as error:
        try:
            savepoint.rollback()
        except SQLAlchemyError:
            # A full disk takes the whole transaction with it: then that is the fault to tell.
            raise error from None
        return None, _storage_error(error)
    except Exception as error:  # noqa: BLE001 - it is handed to whoever asked for the write
        savepoint.rollback()
        return None, error
    return value, None


def _fail_all(batch: list[_Write], fault: BaseException) -> None:
    for write in batch:
        write.answer.set_exception(fault)


def _storage_error(error: SQLAlchemyError) -> ServerError:
    fault = StorageError(sentence_of(error))
    fault.__cause__ = error
    return fault


def _settle(answer: Future[Any], value: Any, fault: BaseException | None) -> None:
    if fault is None:
        answer.set_result(value)
    else:
        answer.set_exception(fault)
