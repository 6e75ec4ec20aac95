"""`generate` and `fill`: pages for those who write clients."""

from pathlib import Path

import click

from statuspage_server.cli.options import config_option, database_option, open_database
from statuspage_server.config import read_config
from statuspage_server.core.moments import wall_clock
from statuspage_server.testdata.export import joined, read_export
from statuspage_server.testdata.fill import fill_page
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import write_new_page


@click.command()
@click.argument("name")
@click.option("--components", default=30, show_default=True, type=click.IntRange(0, 1100))
@click.option("--groups", default=5, show_default=True, type=click.IntRange(0, 200))
@click.option("--incidents", default=100, show_default=True, type=click.IntRange(0, 1_000_000))
@click.option("--days", default=365, show_default=True, type=click.IntRange(2, 7300))
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same page.")
@config_option
@database_option
def generate(  # noqa: PLR0913, PLR0917 - one for each option
    name: str,
    components: int,
    groups: int,
    incidents: int,
    days: int,
    seed: int,
    path: Path,
    database: str | None,
) -> None:
    """Make a page called NAME with components, groups and past incidents; print its id."""
    size = Size(components, groups, incidents, days)
    rows = generate_page(name, size, wall_clock(), seed)
    opened = open_database(read_config(path), path, database)
    try:
        opened.write_now(lambda connection: write_new_page(connection, rows))
    finally:
        opened.close()
    click.echo(rows.page["id"])


@click.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--into", metavar="PAGE_ID", help="Fill this page instead of making one.")
@config_option
@database_option
def fill(files: tuple[Path, ...], into: str | None, path: Path, database: str | None) -> None:
    """Make a page from another page's JSON; print its id.

    FILE is an answer of the manage API or of the public API, for example summary.json, or an
    object with any of page, components, component_groups, incidents, scheduled_maintenances.
    """
    export = joined([read_export(file) for file in files])
    opened = open_database(read_config(path), path, database)
    now = wall_clock()
    try:
        filled = opened.write_now(lambda connection: fill_page(connection, export, into, now))
    finally:
        opened.close()
    click.echo(filled.page_id)
    click.echo(f"{filled.components} components, {filled.incidents} incidents", err=True)
