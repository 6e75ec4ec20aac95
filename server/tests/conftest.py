"""Every test that needs a database runs twice: on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url
from tests.house import House
from tests.manage import Manage
from tests.postgres import PostgresMissingError, running_postgres

_numbers = count(1)
EMPTY_PAGE = "statuspage: {title: Test page, token: abcdefgh}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A server with one migrated database that each test's own is copied from."""
    try:
        with running_postgres() as address:
            url = make_url(f"{address}/postgres").set(drivername="postgresql+psycopg")
            _create(url, "CREATE DATABASE fresh")
            Database.open(url.set(database="fresh")).close()
            yield url
    except PostgresMissingError as error:
        pytest.skip(str(error))


def _create(url: URL, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def fresh_postgres(postgres: URL) -> Callable[[], URL]:
    """Makes an empty database."""

    def make() -> URL:
        name = f"test_{next(_numbers)}"
        _create(postgres, f"CREATE DATABASE {name} TEMPLATE fresh")
        return postgres.set(database=name)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return database_url("sqlite:///state.db", tmp_path)
    make: Callable[[], URL] = request.getfixturevalue("fresh_postgres")
    return make()


@pytest.fixture
def open_database(url: URL) -> Iterator[Callable[[], Database]]:
    """Opens the test's database; again for a restart or a second instance."""
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database.open(url))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
async def house(open_database: Callable[[], Database]) -> AsyncIterator[House]:
    """A server in this process, with a clock that stands until it is moved."""
    async with House.built(open_database) as house:
        yield house


@pytest.fixture
async def manage(house: House) -> Manage:
    """A client with a key, on the default page, with the rolling limit lifted."""
    await house.configure(f"{EMPTY_PAGE}\nserver: {{rate_limit: 0}}")
    return await Manage.of(house)
