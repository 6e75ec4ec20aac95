"""A large catalog costs a page of the table no more than a small one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from port_sandbox.catalog.blueprints import Blueprints
from port_sandbox.catalog.reads import CatalogReads
from port_sandbox.catalog.writes import CatalogWrites, Options, Writer
from port_sandbox.page.table import ROWS, Table, table_of
from port_sandbox.page.table_query import table_query
from port_sandbox.storage.database import Database, Row
from port_sandbox.storage.documents import DocumentStore
from port_sandbox.storage.entities import CatalogStore
from port_sandbox.storage.tables import TableStore
from tests.api_client import COMPONENT, NOON, PAGE, Document

LARGE = 3000
PLAIN: Document = {"mirrorProperties": {}, "calculationProperties": {}}


class CountingDatabase(Database):
    """Counts what is asked and what comes back."""

    def __init__(self) -> None:
        self.statements = self.rows = 0
        super().__init__()

    def all(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        rows = super().all(sql, values)
        self.statements += 1
        self.rows += len(rows)
        return rows

    def first(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        row = super().first(sql, values)
        self.statements += 1
        self.rows += row is not None
        return row

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        self.statements += 1
        self.rows += 1
        return super().number(sql, values)


class Catalog:
    """One page with many components, and what reading it costs."""

    def __init__(self, size: int) -> None:
        self.database = CountingDatabase()
        store = CatalogStore(self.database)
        self.tables = TableStore(self.database)
        self.reads = CatalogReads(store, DocumentStore(self.database, "scorecards"))
        blueprints = Blueprints(store, lambda: NOON)
        blueprints.create(PAGE)
        blueprints.create({**COMPONENT, **PLAIN})
        sent = [
            {
                "identifier": f"c{number}",
                "title": f"Part {number}",
                "properties": {
                    "status": "operational" if number % 2 else "major_outage",
                    "position": number,
                },
                "relations": {"page": "acme"},
            }
            for number in range(size)
        ]
        writes, writer = CatalogWrites(store, lambda: NOON), Writer("ocean")
        options = Options(upsert=True)
        writes.upsert("page", {"identifier": "acme", "title": "Acme"}, options, writer)
        _, refused = writes.upsert_many("component", sent, options, writer)
        assert refused == []

    def table(self, **query: str) -> Table:
        """Return a page of the table, and count from zero what it costs."""
        self.database.statements = self.database.rows = 0
        blueprint = self.reads.blueprint("component")
        asked = table_query(query, blueprint)
        return table_of(self.tables, self.reads, blueprint, asked, NOON)


@pytest.fixture(scope="module")
def large() -> Catalog:
    return Catalog(LARGE)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"page": str(LARGE // ROWS)},
        {"text": "part"},
        {"is.status": "major_outage"},
        {"at.page": "acme"},
        {"sort": "position", "descending": "1"},
        {"sort": "page"},
        {"sort": "$title", "text": "1", "is.status": "operational"},
    ],
    ids=str,
)
def test_a_page_reads_what_it_shows_and_no_more(large: Catalog, query: dict[str, str]) -> None:
    table = large.table(**query)
    assert len(table.lines) == ROWS
    # The count, the page of the table, and the names of what the relation points at.
    assert large.database.statements == 3
    assert large.database.rows <= ROWS + 2


def test_all_pages_together_show_each_entity_once(large: Catalog) -> None:
    pages = [large.table(sort="status", page=str(number)) for number in range(1, LARGE // ROWS + 1)]
    shown = [line.entity.identifier for page in pages for line in page.lines]
    assert len(shown) == len(set(shown)) == LARGE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("part 299", 11),
        ("PART 2999", 1),
        ("c2999", 1),
        ('"', 0),
        ("\\u", 0),
        ("%", 0),
        ("_", LARGE // 2),
    ],
)
def test_text_is_looked_for_as_it_is(large: Catalog, text: str, found: int) -> None:
    assert large.table(text=text).found == found


def test_small_and_large_letters_of_any_alphabet_are_alike() -> None:
    catalog = Catalog(1)
    options, writer = Options(upsert=True), Writer("ocean")
    writes = CatalogWrites(catalog.reads.store, lambda: NOON)
    for title in ("STRASSE", "Straße", "ÄRGER", 'a "quoted" word'):
        sent = {"identifier": f"c{len(title)}", "title": title}
        writes.upsert("component", sent, options, writer)
    assert catalog.table(text="straße").found == 2
    assert catalog.table(text="strasse").found == 2
    assert catalog.table(text="ärger").found == 1
    assert catalog.table(text='"Quoted"').found == 1
