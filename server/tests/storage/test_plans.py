"""How the database finds what is asked for: by an index, however long the history is.

Milliseconds differ from machine to machine; the plan does not.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from statuspage_server.core.paging import Slice
from statuspage_server.storage.components import open_impacts
from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url
from statuspage_server.storage.incidents import list_incidents
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import write_new_page
from tests.running import START

type Work = Callable[[Connection, str], Any]

OPEN = ("unresolved", "scheduled", "upcoming", "active_maintenance")
SOME = Slice(0, 100)


@contextmanager
def noted(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed inside, with their parameters."""
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        statements.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def a_long_history(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, str]]:
    if request.param == "sqlite":
        url = database_url("sqlite:///plans.db", tmp_path_factory.mktemp("plans"))
    else:
        url = request.getfixturevalue("fresh_postgres")()
    database = Database.open(url)
    rows = generate_page("Long", Size(5, 0, 1000, 400), START, seed=1)
    database.write_now(lambda c: write_new_page(c, rows))
    yield database, rows.page["id"]
    database.close()


@pytest.fixture(params=["never analyzed", "analyzed"])
def plan_of(
    a_long_history: tuple[Database, str], request: pytest.FixtureRequest
) -> Callable[[Work], str]:
    """What the database says of how it answers everything that a piece of work asks."""
    database, page_id = a_long_history
    if request.param == "analyzed":
        database.write_now(lambda c: c.execute(text("ANALYZE")))

    def explain(work: Work) -> str:
        def read(connection: Connection) -> str:
            if connection.dialect.name == "postgresql":
                # Tables of the tests' size may be read faster than their indexes.
                connection.execute(text("SET LOCAL enable_seqscan = off"))
            with noted(connection) as statements:
                work(connection, page_id)
            word = "QUERY PLAN" if connection.dialect.name == "sqlite" else ""
            return "\n".join(
                str(line)
                for statement, parameters in statements
                for line in connection.exec_driver_sql(f"EXPLAIN {word} {statement}", parameters)
            )

        return database.read_now(read)

    return explain


def lists(scope: str | None = None, search: str | None = None) -> Work:
    return lambda c, page_id: list_incidents(c, page_id, SOME, scope=scope, search=search)


def test_what_is_not_over_is_found_without_the_history(plan_of: Callable[[Work], str]) -> None:
    for work in (*map(lists, OPEN), open_impacts):
        plan = plan_of(work)
        assert "incidents_open" in plan
        assert "incidents_newest" not in plan


def test_the_newest_of_one_kind_are_found_without_the_other(
    plan_of: Callable[[Work], str],
) -> None:
    assert "incidents_of_kind" in plan_of(lists("maintenance"))


def test_the_newest_of_all_are_not_sorted(plan_of: Callable[[Work], str]) -> None:
    plan = plan_of(lists())
    assert "incidents_newest" in plan
    assert "Sort Key: incidents.created_at" not in plan


def test_words_are_found_by_their_pieces(plan_of: Callable[[Work], str]) -> None:
    plan = plan_of(lists(search="nowhere"))
    assert "incident_pieces" in plan or "incident_texts_pieces" in plan
    assert "SCAN incidents" not in plan
    assert "SCAN incident_texts" not in plan
    assert "SEARCH incidents USING INDEX incidents_newest" not in plan
