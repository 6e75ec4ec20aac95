"""`statuspage-server reports`: what visitors reported."""

from pathlib import Path

import click

from statuspage_server.cli.options import config_option, database_option, open_database
from statuspage_server.config import read_config
from statuspage_server.core.moments import wall_clock, whole_seconds
from statuspage_server.manage.problem_reports import count_reports, read_messages
from statuspage_server.storage.pages import require_page


@click.command()
@click.argument("page_id", metavar="PAGE_ID")
@click.option("--messages", is_flag=True, help="Show what visitors wrote, newest first.")
@config_option
@database_option
def reports(page_id: str, path: Path, database: str | None, *, messages: bool) -> None:
    """Count the problems that visitors reported: in an hour, a day and a week."""
    opened = open_database(read_config(path), path, database)
    now = wall_clock()
    try:
        opened.read_now(lambda c: require_page(c, page_id))
        if messages:
            for row in opened.read_now(lambda c: read_messages(c, page_id)):
                click.echo(f"{whole_seconds(row.at)}  {row.name}: {' '.join(row.message.split())}")
            return
        for row in opened.read_now(lambda c: count_reports(c, page_id, now)):
            click.echo(f"{row.hour:>6} {row.day:>6} {row.week:>6}  {row.id}  {row.name}")
    finally:
        opened.close()
