"""`statuspage-server CONFIG.YML`."""

from pathlib import Path

import click

from statuspage_server.cli.options import CONFIG, database_option


@click.command()
@click.argument("path", metavar="CONFIG.YML", type=CONFIG, envvar="STATUSPAGE_CONFIG")
@click.option("--host", envvar="STATUSPAGE_HOST", help="Overrides server.host of the file.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="STATUSPAGE_PORT",
    help="Overrides server.port of the file; 0 takes any free one.",
)
@database_option
@click.option("--access-log/--no-access-log", default=False, help="Log a line for each request.")
def serve(
    path: Path, host: str | None, port: int | None, database: str | None, *, access_log: bool
) -> None:
    """Serve the status page that CONFIG.YML describes."""
    # The web framework is most of what a start takes, and no other command needs it.
    from statuspage_server.cli.serving import run_server  # noqa: PLC0415

    run_server(path, host, port, database, access_log=access_log)
