"""`page`, `component` and `prune`: what is there, and removing it."""

from pathlib import Path

import click
from sqlalchemy import select

from statuspage_server.cli.options import config_option, database_option, open_database
from statuspage_server.config import Config, read_config
from statuspage_server.core.moments import wall_clock
from statuspage_server.manage.pruning import prune as prune_data
from statuspage_server.manage.removal import remove_component, remove_page
from statuspage_server.storage.components import list_components
from statuspage_server.storage.pages import list_pages, require_page
from statuspage_server.storage.schema import pages

_yes = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group()
def page() -> None:
    """List pages and remove one."""


@page.command("list")
@config_option
@database_option
def list_them(path: Path, database: str | None) -> None:
    """List pages: id, where each comes from, name."""
    read = read_config(path)
    opened = open_database(read, path, database)
    try:
        for row in opened.read_now(list_pages):
            click.echo(f"{row.id}  {_origin(row.config_name, read.config)}  {row.name}")
    finally:
        opened.close()


def _origin(config_name: str | None, config: Config) -> str:
    if config_name is None:
        return "made by a command"
    return "in the file" if config_name in config.all_pages() else "no longer in the file"


@page.command("remove")
@click.argument("page_id", metavar="ID")
@_yes
@config_option
@database_option
def remove_one_page(page_id: str, path: Path, database: str | None, *, yes: bool) -> None:
    """Remove the page with this ID, and everything on it."""
    read = read_config(path)
    opened = open_database(read, path, database)
    try:
        _ask(f"Remove the page {page_id} with its components, history and subscribers?", yes=yes)
        names = read.config.all_pages()
        click.echo(f"{opened.write_now(lambda c: remove_page(c, page_id, names))} is removed.")
    finally:
        opened.close()


@click.group()
def component() -> None:
    """List components and remove one."""


@component.command("list")
@click.argument("page_id", metavar="PAGE_ID")
@config_option
@database_option
def list_components_of(page_id: str, path: Path, database: str | None) -> None:
    """List the components and groups of a page: id, kind, name."""
    opened = open_database(read_config(path), path, database)
    try:
        opened.read_now(lambda c: require_page(c, page_id))
        for row in opened.read_now(lambda c: list_components(c, page_id)):
            click.echo(f"{row.id}  {'group' if row.is_group else 'component'}  {row.name}")
    finally:
        opened.close()


@component.command("remove")
@click.argument("component_id", metavar="ID")
@_yes
@config_option
@database_option
def remove_one_component(component_id: str, path: Path, database: str | None, *, yes: bool) -> None:
    """Remove a component and its history, or a group, whose members stay."""
    read = read_config(path)
    opened = open_database(read, path, database)
    names = read.config.all_pages()
    try:
        _ask(f"Remove {component_id} with its history?", yes=yes)
        name = opened.write_now(lambda c: remove_component(c, component_id, names, wall_clock()))
        click.echo(f"{name} is removed.")
    finally:
        opened.close()


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@config_option
@database_option
def prune(path: Path, database: str | None, *, dry_run: bool) -> None:
    """Remove data that nothing needs any more."""
    read = read_config(path)
    opened = open_database(read, path, database)
    now = wall_clock()
    try:
        ids = opened.read_now(
            lambda c: {
                name: id_
                for id_, name in c.execute(select(pages.c.id, pages.c.config_name)).tuples()
            }
        )
        watched = [
            (ids[name], item.id)
            for name, page_config in read.config.all_pages().items()
            if name in ids
            for group in page_config.groups.values()
            for item in group
        ]
        counts = opened.write_now(lambda c: prune_data(c, watched, now, only_count=dry_run))
    finally:
        opened.close()
    for what, count in counts.items():
        click.echo(f"{count:>8}  {what}")


def _ask(question: str, *, yes: bool) -> None:
    if not yes:
        click.confirm(question, abort=True)
