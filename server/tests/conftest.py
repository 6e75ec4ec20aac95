"""Every test that needs a database runs twice: on SQLite and on PostgreSQL.

Lines are counted on SQLite alone: counting takes as long as the tests, and the lines are the same.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url

from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url
from tests.databases import SharedDatabase, create_database
from tests.manage import Manage
from tests.postgres import PostgresMissingError, running_postgres
from tests.running import RunningServer

_numbers = count(1)
EMPTY_PAGE = "statuspage: {title: Test page, token: abcdefgh}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL of this worker's own, with one migrated database to copy others from."""
    try:
        with running_postgres() as address:
            url = make_url(f"{address}/postgres").set(drivername="postgresql+psycopg")
            Database.open(create_database(url, "fresh", "template1")).close()
            yield url
    except PostgresMissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def fresh_postgres(postgres: URL) -> Callable[[], URL]:
    """Makes an empty database."""
    return lambda: create_database(postgres, f"test_{next(_numbers)}", "fresh")


@pytest.fixture(scope="session")
def shared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> SharedDatabase:
    return SharedDatabase(database_url("sqlite:///state.db", tmp_path_factory.mktemp("shared")))


@pytest.fixture(scope="session")
def shared_postgresql(fresh_postgres: Callable[[], URL]) -> SharedDatabase:
    return SharedDatabase(fresh_postgres())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.no_cover)])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """A database of this test's own: for those that change its tables or kill who uses it."""
    if backend == "sqlite":
        return database_url("sqlite:///state.db", tmp_path)
    make: Callable[[], URL] = request.getfixturevalue("fresh_postgres")
    return make()


@pytest.fixture
def open_database(backend: str, request: pytest.FixtureRequest) -> Iterator[Callable[[], Database]]:
    """Opens the shared database, empty at first; again for a restart or a second instance."""
    shared: SharedDatabase = request.getfixturevalue(f"shared_{backend}")
    shared.empty()
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database.open(shared.url) if opened else shared.open())
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
async def server(open_database: Callable[[], Database]) -> AsyncIterator[RunningServer]:
    """A server in this process, with a clock that stands until it is moved."""
    async with RunningServer.built(open_database) as server:
        yield server


@pytest.fixture
async def manage(server: RunningServer) -> Manage:
    """A client with a key, on the default page, with the rolling limit lifted."""
    await server.configure(f"{EMPTY_PAGE}\nserver: {{rate_limit: 0}}")
    return await Manage.of(server)
