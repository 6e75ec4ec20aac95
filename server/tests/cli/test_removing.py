"""Pages, components and unused data are removed by commands, and what the file makes is not."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.engine import URL

from statuspage_server.core.moments import wall_clock
from statuspage_server.errors import ServerError
from statuspage_server.heartbeats.signals import Signal
from statuspage_server.storage.database import Database
from statuspage_server.storage.schema import metadata, subscribers
from tests.cli.commands import Commands

TWO_PAGES = """
statuspage: {token: t, groups: {A: [{name: Web, id: web}, {name: Mail, id: mail}]}}
pages: {other: {title: Other, id: otherpage123, token: t, groups: {B: [{name: x, id: x}]}}}
"""
ONE_PAGE = "statuspage: {token: t, groups: {A: [{name: Web, id: web}]}}"


@pytest.fixture
def commands(tmp_path: Path, url: URL) -> Commands:
    return Commands(tmp_path / "config.yml", url)


def count(commands: Commands, table: str) -> int:
    database = Database.open(commands.url)
    try:
        statement = select(func.count()).select_from(metadata.tables[table])
        return database.read_now(lambda c: c.execute(statement).scalar_one())
    finally:
        database.close()


class TestPages:
    def test_one_of_the_file_stays(self, commands: Commands) -> None:
        commands.start(TWO_PAGES)
        assert "otherpage123  in the file  Other" in commands.run("page", "list")
        with pytest.raises(ServerError, match=r"stands in config\.yml"):
            commands.run("page", "remove", "otherpage123", "--yes")

    def test_one_that_left_the_file_goes_with_everything(self, commands: Commands) -> None:
        commands.start(TWO_PAGES)
        commands.start(ONE_PAGE)
        assert "otherpage123  no longer in the file  Other" in commands.run("page", "list")
        assert "Other is removed." in commands.run("page", "remove", "otherpage123", "--yes")
        assert "otherpage123" not in commands.run("page", "list")
        assert count(commands, "pages") == 1

    def test_it_asks_first(self, commands: Commands) -> None:
        commands.start(TWO_PAGES)
        commands.start(ONE_PAGE)
        assert "[y/N]" in commands.run("page", "remove", "otherpage123", typed="n\n")
        assert count(commands, "pages") == 2

    def test_one_that_is_not_there(self, commands: Commands) -> None:
        commands.start(ONE_PAGE)
        with pytest.raises(ServerError, match="There is no page nowhere"):
            commands.run("page", "remove", "nowhere", "--yes")


class TestComponents:
    def test_one_of_the_file_stays_and_others_go(self, commands: Commands) -> None:
        page = commands.start(ONE_PAGE)
        generated = commands.run("generate", "Made up", "--components", "1", "--groups", "0")
        (kept,) = [
            line.split()[0]
            for line in commands.run("component", "list", page).splitlines()
            if "Web" in line
        ]
        with pytest.raises(ServerError, match=r"Web stands in config\.yml"):
            commands.run("component", "remove", kept, "--yes")
        (gone,) = commands.run("component", "list", generated.strip()).splitlines()
        assert "is removed." in commands.run("component", "remove", gone.split()[0], "--yes")
        assert commands.run("component", "list", generated.strip()) == ""

    def test_one_that_is_not_there(self, commands: Commands) -> None:
        commands.start(ONE_PAGE)
        with pytest.raises(ServerError, match="There is no component nowhere"):
            commands.run("component", "remove", "nowhere", "--yes")


class TestUnusedData:
    def test_what_left_the_file_goes_and_the_rest_stays(self, commands: Commands) -> None:
        now = wall_clock()
        page = commands.start(TWO_PAGES)
        commands.start(TWO_PAGES, Signal(page, "mail", now), Signal(page, "web", now))
        commands.start(ONE_PAGE)
        assert "1  last beats of such items" in commands.run("prune", "--dry-run")
        assert count(commands, "beats") == 2
        assert "2  addresses of such items" in commands.run("prune")
        assert [count(commands, name) for name in ("beats", "items", "item_signals")] == [1, 1, 1]
        assert all(line.split()[0] == "0" for line in commands.run("prune").splitlines())

    def test_who_left_long_ago_is_forgotten(self, commands: Commands) -> None:
        alerts = "statuspage: {token: t, alerts: [https://example.com/a, https://example.com/b]}"
        commands.start(alerts)
        commands.start("statuspage: {token: t, alerts: [https://example.com/b]}")
        assert "0  subscribers who left" in commands.run("prune")
        database = Database.open(commands.url)
        left = subscribers.c.unsubscribed_at.is_not(None)
        database.write_now(
            lambda c: c.execute(update(subscribers).where(left).values(unsubscribed_at=1))
        )
        database.close()
        assert "1  subscribers who left" in commands.run("prune")
        assert count(commands, "subscribers") == 1
