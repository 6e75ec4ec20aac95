"""`statuspage-server key`: who may use the manage API."""

from pathlib import Path

import click

from statuspage_server.cli.options import config_option, database_option, open_database
from statuspage_server.config import read_config
from statuspage_server.core.moments import wall_clock, whole_seconds
from statuspage_server.errors import ServerError
from statuspage_server.storage.keys import create_key, list_keys, revoke_key


@click.group()
def key() -> None:
    """Make, list and revoke keys for the manage API."""


@key.command()
@click.argument("name")
@click.option("--read-only", is_flag=True, help="The key may read and change nothing.")
@config_option
@database_option
def create(name: str, path: Path, database: str | None, *, read_only: bool) -> None:
    """Make a key called NAME and print it. It cannot be shown again."""
    opened = open_database(read_config(path), path, database)
    now = wall_clock()
    try:
        click.echo(opened.write_now(lambda c: create_key(c, name, now, read_only=read_only)))
    finally:
        opened.close()


@key.command("list")
@config_option
@database_option
def list_(path: Path, database: str | None) -> None:
    """List keys: id, first letters, when made, what they may, name."""
    opened = open_database(read_config(path), path, database)
    try:
        for row in opened.read_now(list_keys):
            may = "reads" if row.read_only else "reads and writes"
            state = f"revoked {whole_seconds(row.revoked_at)}" if row.revoked_at else may
            made = whole_seconds(row.created_at)
            click.echo(f"{row.id}  {row.hint}...  {made}  {state}  {row.name}")
    finally:
        opened.close()


@key.command()
@click.argument("key_id", metavar="ID")
@config_option
@database_option
def revoke(key_id: str, path: Path, database: str | None) -> None:
    """Revoke the key with this ID (see `key list`)."""
    opened = open_database(read_config(path), path, database)
    now = wall_clock()
    try:
        if not opened.write_now(lambda connection: revoke_key(connection, key_id, now)):
            raise ServerError(f"There is no key {key_id} in force. See: statuspage-server key list")
    finally:
        opened.close()
