"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from statuspage_server.config.load import ReadConfig
from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url

CONFIG = click.Path(dir_okay=False, path_type=Path)


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--database",
        envvar="STATUSPAGE_DATABASE",
        metavar="URL",
        help="Where state lives; overrides server.database of the file.",
    )(command)


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--config",
        "path",
        type=CONFIG,
        default=Path("config.yml"),
        show_default=True,
        envvar="STATUSPAGE_CONFIG",
        help="The server's config file.",
    )(command)


def open_database(read: ReadConfig, path: Path, database: str | None) -> Database:
    """The database of a config file: a relative SQLite path begins at the file's folder."""
    url = database or read.config.server.database
    folder = Path.cwd() if database else path.resolve().parent
    return Database.open(database_url(url, folder))
