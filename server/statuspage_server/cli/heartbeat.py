"""`statuspage-server heartbeat`: items with their secret addresses, pauses and last signals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from statuspage_server.cli.options import config_option, database_option, open_database
from statuspage_server.config import ItemConfig, read_config
from statuspage_server.core.moments import wall_clock, whole_seconds
from statuspage_server.errors import ServerError
from statuspage_server.heartbeats.items import (
    list_items,
    pause_item,
    read_history,
    renew_address,
    resume_item,
)
from statuspage_server.storage.database import Database


@contextmanager
def _opened(path: Path, database: str | None) -> Iterator[Database]:
    opened = open_database(read_config(path), path, database)
    try:
        yield opened
    finally:
        opened.close()


def _on_an_item(command: Callable[..., Any]) -> Callable[..., Any]:
    page = click.option("--page", "page_id", metavar="ID", help="Where several pages have it.")
    item = click.argument("item_id", metavar="ITEM")
    return item(page(config_option(database_option(command))))


def _page_of(opened: Database, item_id: str, page_id: str | None) -> str:
    found = [
        row.page_id
        for row in opened.read_now(list_items)
        if row.item_id == item_id and page_id in {None, row.page_id}
    ]
    if not found:
        raise ServerError(f"There is no item {item_id}. See: statuspage-server heartbeat list")
    if len(found) > 1:
        raise ServerError(f"{len(found)} pages have an item {item_id}: add --page and an id.")
    return str(found[0])


@click.group()
def heartbeat() -> None:
    """List items with their addresses, pause and resume them, read what they said."""


@heartbeat.command("list")
@config_option
@database_option
def list_(path: Path, database: str | None) -> None:
    """List items: page, secret address, last beat, id. Keep the addresses to yourself."""
    with _opened(path, database) as opened:
        for row in opened.read_now(list_items):
            last = whole_seconds(row.at) or "never heard"
            state = "paused" if row.paused_at else "failed" if row.failed else "heard"
            click.echo(f"{row.page_id}  /ping/{row.secret}  {last}  {state}  {row.item_id}")


@heartbeat.command()
@_on_an_item
def history(item_id: str, page_id: str | None, path: Path, database: str | None) -> None:
    """Show the last signals of ITEM, newest first: number, when, what, how long its run took."""
    with _opened(path, database) as opened:
        page = _page_of(opened, item_id, page_id)
        for row in opened.read_now(lambda c: read_history(c, page, item_id)):
            code = "" if row.exit_code is None else f" {row.exit_code}"
            took = "" if row.duration is None else f"  {row.duration / 1000:.1f} s"
            click.echo(f"{row.number}  {whole_seconds(row.at)}  {row.kind}{code}{took}")
            for line in (row.message or "").splitlines():
                click.echo(f"    {line}")


@heartbeat.command()
@_on_an_item
def pause(item_id: str, page_id: str | None, path: Path, database: str | None) -> None:
    """Wait no longer for ITEM, until it is resumed or heard."""
    now = wall_clock()
    _change(item_id, page_id, path, database, lambda c, page: pause_item(c, page, item_id, now))


@heartbeat.command()
@_on_an_item
def resume(item_id: str, page_id: str | None, path: Path, database: str | None) -> None:
    """Wait for ITEM again, from now on."""
    now = wall_clock()
    _change(item_id, page_id, path, database, lambda c, page: resume_item(c, page, item_id, now))


@heartbeat.command()
@_on_an_item
def renew(item_id: str, page_id: str | None, path: Path, database: str | None) -> None:
    """Give ITEM a new address and print it; the old one ends at once."""
    if any(item.id == item_id and item.ping_id for item in _items(path)):
        raise ServerError(f"The ping_id of {item_id} stands in config.yml. Change it there.")
    made = _change(
        item_id, page_id, path, database, lambda c, page: renew_address(c, page, item_id)
    )
    click.echo(f"/ping/{made}")


def _items(path: Path) -> list[ItemConfig]:
    pages = read_config(path).config.all_pages().values()
    return [item for page in pages for items in page.groups.values() for item in items]


def _change[T](
    item_id: str,
    page_id: str | None,
    path: Path,
    database: str | None,
    work: Callable[[Connection, str], T],
) -> T:
    with _opened(path, database) as opened:
        page = _page_of(opened, item_id, page_id)
        return opened.write_now(lambda connection: work(connection, page))
