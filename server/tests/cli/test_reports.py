"""What visitors reported, on the command line."""

from pathlib import Path

from sqlalchemy import Connection, select

from statuspage_server.core.moments import HOUR, wall_clock
from statuspage_server.manage.problem_reports import report_problem
from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url
from statuspage_server.storage.schema import components
from tests.cli.commands import Commands


def test_counts_of_an_hour_a_day_and_a_week_and_what_was_written(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "config.yml", database_url("sqlite:///state.db", tmp_path))
    page = commands.start("statuspage: {token: t, groups: {A: [{name: Web, id: web}]}}")
    assert commands.run("reports", page) == ""
    database, now = Database.open(commands.url), wall_clock()
    web = database.read_now(
        lambda c: c.execute(select(components.c.id).where(components.c.name == "Web")).scalar_one()
    )

    def report(connection: Connection) -> None:
        for ago in (2 * HOUR, 1):
            report_problem(connection, page, web, "It is\nslow.", "someone", now - ago)

    database.write_now(report)
    database.close()
    assert commands.run("reports", page).split() == ["1", "2", "2", web, "Web"]
    first, _ = commands.run("reports", page, "--messages").splitlines()
    assert first.endswith("Z  Web: It is slow.")
