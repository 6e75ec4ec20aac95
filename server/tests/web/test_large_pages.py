"""A page of 540 components stays small and fresh, and no amount of history is scanned for it."""

import gzip
from typing import Any

import pytest
from sqlalchemy import Connection, event

from statuspage_server.storage.incident_history import list_ended_rows
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import write_new_page
from statuspage_server.web import cache
from statuspage_server.web.cache import CachedDocument, DocumentCache, Recipe
from tests.markup import Outline
from tests.running import RunningServer


async def large_page(server: RunningServer) -> str:
    rows = generate_page("Large", Size(540, 69, 1500, 200), server.clock(), seed=1)
    await server.runtime.database.write(lambda connection: write_new_page(connection, rows))
    return str(rows.page["id"])


async def test_540_components_are_less_than_100_kb_and_one_screen(server: RunningServer) -> None:
    page = await server.html(f"/pages/{await large_page(server)}")
    assert len(gzip.compress(page.encode(), 6)) < 100_000
    found = Outline(page)
    assert found.open == []
    assert len(found.of_class("component")) == 540
    assert not [fold for fold in found.of_class("group") if "open" in fold]


async def test_the_past_is_found_by_its_index(server: RunningServer) -> None:
    page_id = await large_page(server)
    statements: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, given: object, *___: object) -> None:
        statements.append((statement, given))

    def plan(connection: Connection) -> str:
        if connection.dialect.name != "sqlite":
            pytest.skip("PostgreSQL chooses by its statistics")
        event.listen(connection, "before_cursor_execute", note)
        list_ended_rows(connection, page_id, 0, server.clock())
        event.remove(connection, "before_cursor_execute", note)
        statement, parameters = statements[-1]
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return " ".join(str(row[-1]) for row in rows)

    found = await server.runtime.database.read(plan)
    assert "incidents_by_end" in found
    assert "USE TEMP B-TREE FOR ORDER BY" not in found


async def test_a_change_by_another_process_is_seen_within_a_second(server: RunningServer) -> None:
    seconds = [0.0]
    server.app.state.documents = DocumentCache(server.runtime.database, lambda: seconds[0])
    before = await server.words()
    other = server.open_database()
    page_id = server.runtime.monitors.default_page_id
    assert page_id is not None
    await other.write(lambda c: c.exec_driver_sql("UPDATE pages SET name='X', revision=revision+1"))
    seconds[0] = 0.9
    assert await server.words() == before
    seconds[0] = 1.0
    assert (await server.words()).startswith("Skip to the content X ")


async def test_what_anyone_may_ask_for_does_not_fill_the_memory(server: RunningServer) -> None:
    documents = DocumentCache(server.runtime.database)
    made: list[int] = []

    def recipe(number: int) -> Recipe:
        def make(_: object) -> bytes:
            made.append(number)
            return bytes(cache.MOST_BYTES // 3)

        return Recipe(number, lambda _: 0, make)

    for number in (1, 2, 1, 3, 1, 2):
        assert isinstance(await documents.get(recipe(number)), CachedDocument)
    # The third took the place of the second, which had not been asked for longest.
    assert made == [1, 2, 3, 2]


async def test_an_exact_document_is_checked_each_time_and_made_when_it_changes(
    server: RunningServer,
) -> None:
    documents = DocumentCache(server.runtime.database)
    versions = iter([1, 1, 1, 2, 2])
    made: list[int] = []

    def make(_: object) -> bytes:
        made.append(len(made))
        return bytes(made)

    recipe = Recipe("list", lambda _: next(versions), make, is_exact=True)

    # Beside the checks, what is made anew reads the version that it is made of.
    assert [(await documents.get(recipe)).body for _ in range(4)] == [bytes([0])] * 3 + [
        bytes([0, 1])
    ]
    assert next(versions, None) is None
