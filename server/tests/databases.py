"""The databases that tests run on: one that all tests of a worker share, and others of their own.

The shared one is emptied before each test. With it the engine stays, and the SQL that it has
compiled: making both anew for every test took most of the suite's time.
"""

from sqlalchemy import create_engine, delete, text
from sqlalchemy.engine import URL

from statuspage_server.core.moments import wall_clock
from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import open_engine
from statuspage_server.storage.keys import create_key
from statuspage_server.storage.schema import metadata


class SharedDatabase:
    def __init__(self, url: URL) -> None:
        Database.open(url).close()
        self.url = url
        self._engine = open_engine(url)
        tables = reversed(metadata.sorted_tables)
        deletions = [str(delete(table).compile(self._engine)) for table in tables]
        # PostgreSQL takes them all at once, and each round trip takes time.
        is_postgresql = self._engine.dialect.name == "postgresql"
        self._deletions = ["; ".join(deletions)] if is_postgresql else deletions

    def empty(self) -> None:
        with self._engine.begin() as connection:
            for deletion in self._deletions:
                connection.exec_driver_sql(deletion)

    def open(self) -> Database:
        return Database(self._engine)


def make_key(url: URL, name: str = "tests") -> str:
    """As `key create` does, without a process for it."""
    database = Database.open(url)
    try:
        return database.write_now(lambda c: create_key(c, name, wall_clock(), read_only=False))
    finally:
        database.close()


def create_database(server: URL, name: str, template: str) -> URL:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return server.set(database=name)
