"""`statuspage-bridge log`: what the bridge decided, and why."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from statuspage_bridge.configuration.lengths import read_length
from statuspage_bridge.configuration.reading import read_settings
from statuspage_bridge.core.moments import moment
from statuspage_bridge.errors import StartError
from statuspage_bridge.state.address import is_file, read_address
from statuspage_bridge.state.database import Database
from statuspage_bridge.state.record import Entry, entries

from .options import config_file
from .sentences import as_sentence

POLL_SECONDS = 1.0


@click.command()
@config_file
@click.option("--since", help="A time, or how long ago: 90s, 2h, 7d.")
@click.option("--follow", "-f", is_flag=True, help="Go on with what is decided from now on.")
def log(config: Path | None, since: str | None, *, follow: bool) -> None:
    """Print the decisions that were new, each as a line of JSON."""
    with as_sentence():
        begin = _moment(since)
        settings = read_settings(config, os.environ)
        database = _opened(settings.state_address())
    last = 0
    try:
        while True:
            with as_sentence():
                for entry in _read(database, settings.page, begin, last):
                    click.echo(entry.as_line())
                    last = entry.id
            if not follow:
                return
            time.sleep(POLL_SECONDS)
    finally:
        database.close()


def _opened(state: str | None) -> Database:
    url = read_address(state)
    if is_file(url) and not os.path.exists(url.database or ""):  # noqa: PTH110 (as the driver does)
        raise StartError(f"{url.database} is not there: STATE names what a bridge has written.")
    database = Database.open(url, alone=False)
    if not database.is_kept:
        database.close()
        raise StartError("STATE is not set: there is no record. Set it to what the bridge uses.")
    return database


def _read(database: Database, page: str, begin: datetime | None, last: int) -> Iterator[Entry]:
    return iter(database.read_now(lambda connection: list(entries(connection, page, begin, last))))


def _moment(since: str | None) -> datetime | None:
    if since is None:
        return None
    try:
        return moment(since) or datetime.now(UTC) - read_length(since)
    except ValueError as error:
        raise StartError(f"--since is {since!r}: write 90s, 5m, 2h, 1d or a time.") from error
