"""The door to the database: shared commits, own faults, and sentences for the operator."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.engine import URL

from statuspage_server.errors import StartError, StorageError
from statuspage_server.manage.problem_reports import report_problem
from statuspage_server.storage.database import Database, bring_news
from statuspage_server.storage.engine import database_url
from statuspage_server.storage.migrations import STEPS, migrate
from statuspage_server.storage.schema import components, facts
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import write_new_page
from tests.running import START

type Opener = Callable[[], Database]


def remember(name: str) -> Callable[[Connection], None]:
    def write(connection: Connection) -> None:
        connection.execute(insert(facts).values(name=name, value="1"))

    return write


def names(connection: Connection) -> set[str]:
    return set(connection.execute(select(facts.c.name)).scalars())


OLD_PAGE = """
INSERT INTO pages (id, position, name, settings, revision, created_at, updated_at)
VALUES ('p', 1, 'P', '{}', 0, 1, 1)
"""
OLD_SUBSCRIBER = """
INSERT INTO subscribers (id, page_id, mode, contact, component_ids, skip_confirmation, secret,
                         failures, created_at)
VALUES ('s', 'p', 'webhook', 'x', '[]', FALSE, 'secret', 0, 1)
"""

# What came with the authors of changes, and how much there was before.
AUTHORED = {
    "status_changes": ("source", "author", "comment", "incident_id"),
    "incident_updates": ("source", "author"),
    "problem_reports": ("source", "occurred_at", "requested_by", "url"),
}
COUNTS = """
SELECT (SELECT count(*) FROM status_changes), (SELECT count(*) FROM incident_updates),
       (SELECT count(*) FROM problem_reports)
"""


class TestNews:
    async def test_who_waits_is_told_when_it_is_committed(self, open_database: Opener) -> None:
        database = open_database()
        told: list[int] = []
        database.on_news = lambda: told.append(database.commits)
        before = database.commits
        await database.write(bring_news)
        assert told == [before + 1]

    async def test_other_writes_tell_nobody(self, open_database: Opener) -> None:
        database = open_database()
        told: list[int] = []
        await database.write(bring_news)
        database.on_news = lambda: told.append(database.commits)
        await database.write(remember("a"))
        assert told == []


class TestWriting:
    async def test_many_writes_at_once_are_all_kept(self, open_database: Opener) -> None:
        database = open_database()
        await asyncio.gather(*(database.write(remember(str(i))) for i in range(300)))
        assert await database.read(names) == {str(i) for i in range(300)}

    async def test_a_write_that_fails_spares_its_neighbours(self, open_database: Opener) -> None:
        database = open_database()

        def stumble(connection: Connection) -> None:
            remember("half")(connection)
            raise ValueError("not this one")

        results = await asyncio.gather(
            database.write(remember("before")),
            database.write(stumble),
            database.write(remember("before")),
            database.write(remember("after")),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [
            type(None),
            ValueError,
            StorageError,
            type(None),
        ]
        assert await database.read(names) == {"before", "after"}

    async def test_the_writer_outlives_a_broken_connection(self, open_database: Opener) -> None:
        database = open_database()

        def break_it(connection: Connection) -> None:
            connection.connection.close()

        with pytest.raises(Exception, match=r"\w"):
            await database.write(break_it)
        await database.write(remember("after"))
        assert await database.read(names) == {"after"}

    async def test_a_second_instance_sees_it(self, open_database: Opener) -> None:
        first, second = open_database(), open_database()
        await first.write(remember("here"))
        assert await second.read(names) == {"here"}

    async def test_instances_take_turns(self, open_database: Opener) -> None:
        first, second = open_database(), open_database()

        def count_up(connection: Connection) -> None:
            known = connection.execute(select(facts.c.value)).scalar_one_or_none()
            if known is None:
                connection.execute(insert(facts).values(name="count", value="1"))
            else:
                connection.execute(facts.update().values(value=str(int(known) + 1)))

        await asyncio.gather(*(db.write(count_up) for _ in range(50) for db in (first, second)))
        value = await first.read(lambda c: c.execute(select(facts.c.value)).scalar_one())
        assert value == "100"


class TestFullDisk:
    async def test_a_full_disk_is_a_clear_error_and_nothing_is_lost(self, tmp_path: Path) -> None:
        database = Database.open(database_url("sqlite:///small.db", tmp_path))
        await database.write(remember("kept"))

        def fill_up(connection: Connection) -> None:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count={pages}"))
            for number in range(1000):
                connection.execute(insert(facts).values(name=str(number), value="x" * 500))

        with pytest.raises(StorageError, match="full"):
            await database.write(fill_up)
        assert await database.read(names) == {"kept"}
        await database.write(remember("later"))
        assert await database.read(names) == {"kept", "later"}
        database.close()


class TestOpening:
    def test_a_database_is_made_once_and_opened_again(self, open_database: Opener) -> None:
        open_database().write_now(remember("kept"))
        assert open_database().read_now(names) == {"kept"}

    def test_steps_that_are_new_are_applied(self, url: URL) -> None:
        Database.open(url).close()

        def second(connection: Connection) -> None:
            connection.execute(text("ALTER TABLE facts ADD COLUMN note TEXT"))

        engine = create_engine(url)
        for _ in range(2):  # and only once
            with engine.begin() as connection:
                migrate(connection, (*STEPS, second))
        with engine.begin() as connection:
            connection.execute(text("SELECT note FROM facts"))
        engine.dispose()

    def test_a_database_of_the_first_version_gets_what_came_later(self, url: URL) -> None:
        Database.open(url).close()
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE incident_updates DROP COLUMN tweet_id"))
            connection.execute(text("UPDATE schema_version SET number = 1"))
        Database.open(url).close()
        with engine.begin() as connection:
            connection.execute(text("SELECT tweet_id FROM incident_updates"))
        engine.dispose()

    def test_subscribers_and_items_of_an_older_version_are_kept(self, url: URL) -> None:
        Database.open(url).close()
        engine = create_engine(url)
        with engine.begin() as connection:
            for change in (
                "DROP INDEX subscribers_of_email",
                "ALTER TABLE subscribers DROP COLUMN operator",
                "ALTER TABLE subscribers DROP COLUMN confirmation_sent_at",
                "DROP TABLE items",
                "DROP TABLE item_signals",
                "DROP TABLE problem_reports",
                OLD_PAGE,
                OLD_SUBSCRIBER,
                "UPDATE schema_version SET number = 2",
            ):
                connection.execute(text(change))
        Database.open(url).close()
        with engine.begin() as connection:
            kept = connection.execute(text("SELECT id, operator FROM subscribers")).all()
            assert [(row.id, bool(row.operator)) for row in kept] == [("s", False)]
            assert connection.execute(text("SELECT * FROM items")).all() == []
        engine.dispose()

    def test_what_was_reported_and_changed_before_authors_were_noted_is_kept(
        self, url: URL
    ) -> None:
        database = Database.open(url)
        rows = generate_page("Old", Size(3, 1, 5, 30), START, seed=1)
        database.write_now(lambda c: write_new_page(c, rows))
        known = select(components.c.id).where(~components.c.is_group).limit(1)
        component = database.read_now(lambda c: c.execute(known).scalar_one())
        database.write_now(
            lambda c: report_problem(c, rows.page["id"], component, "Slow.", "x", START)
        )
        before = database.read_now(lambda c: c.execute(text(COUNTS)).one())
        database.close()
        engine = create_engine(url)
        with engine.begin() as connection:
            for change in (
                "DROP TABLE access_tokens",
                *(
                    f"ALTER TABLE {table} DROP COLUMN {column}"
                    for table, columns in AUTHORED.items()
                    for column in columns
                ),
                "UPDATE schema_version SET number = 8",
            ):
                connection.execute(text(change))
        Database.open(url).close()
        with engine.begin() as connection:
            assert connection.execute(text(COUNTS)).one() == before
            (report,) = connection.execute(text("SELECT source, url FROM problem_reports"))
            assert tuple(report) == ("user", None)
            connection.execute(text("SELECT digest FROM access_tokens"))
        engine.dispose()

    def test_a_page_of_an_older_version_is_as_new_as_what_it_holds(self, url: URL) -> None:
        database = Database.open(url)
        rows = generate_page("Old", Size(3, 1, 5, 30), START, seed=1)
        database.write_now(lambda c: write_new_page(c, rows))
        database.close()
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE pages SET updated_at = created_at"))
            connection.execute(text("UPDATE schema_version SET number = 2"))
        Database.open(url).close()
        with engine.begin() as connection:
            newest = connection.execute(text("SELECT max(updated_at) FROM incidents")).scalar_one()
            assert connection.execute(text("SELECT updated_at FROM pages")).scalar_one() == newest
        engine.dispose()

    def test_a_newer_database_is_left_alone(self, url: URL) -> None:
        Database.open(url).close()
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE schema_version SET number = 99"))
        engine.dispose()
        with pytest.raises(StartError, match="a newer version has used it"):
            Database.open(url)

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("nonsense", "cannot be read"),
            ("mysql://host/name", "Use SQLite or PostgreSQL"),
            ("sqlite://", "State has to live in a file"),
        ],
    )
    def test_an_address_that_will_not_do(self, address: str, words: str, tmp_path: Path) -> None:
        with pytest.raises(StartError, match=words):
            database_url(address, tmp_path)

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StartError, match="cannot be opened"):
            Database.open(database_url("sqlite:///none/state.db", tmp_path))
