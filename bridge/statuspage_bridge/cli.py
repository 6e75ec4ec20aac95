"""The command `statuspage-bridge`: without another word it starts the bridge."""

import logging
import os
import signal
import socket
from pathlib import Path

import click
import httpx
import uvicorn

from . import __version__
from .bridge import Bridge
from .commands.log import log
from .commands.sentences import as_sentence
from .commands.subscribe import subscribe, unsubscribe
from .commands.try_event import try_event
from .configuration.reading import read_settings
from .configuration.settings import Settings
from .connecting import connect
from .errors import StartError
from .state.address import read_address
from .state.database import Database
from .web.app import create_app

# Long enough for what is under way, short enough for a container platform's patience.
SHUTDOWN_SECONDS = 8
START = "start"


class StartsByItself(click.Group):
    """A group whose first command need not be named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what names no command as options of the first."""
        own = {*self.commands, *ctx.help_option_names, "--version"}
        return super().parse_args(ctx, args if own & {*args[:1]} else [START, *args])


@click.group(cls=StartsByItself)
@click.version_option(__version__)
def main() -> None:
    """Open, update and resolve incidents from alerts."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)


main.add_command(log)
main.add_command(try_event)
main.add_command(subscribe)
main.add_command(unsubscribe)


@main.command(START)
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Tell whether the settings are fine, and end.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8090, show_default=True, help="0 takes a free one.")
def start(config: Path | None, host: str, port: int, *, check: bool) -> None:
    """Start the bridge, with the settings of the file CONFIG or else of the environment."""
    with as_sentence():
        settings = read_settings(config, os.environ)
        if check:
            click.echo("The settings are fine.")
            return
        database = Database.open(read_address(settings.state_address()))
        listener = _listen(host, port)
    shown, bound = listener.getsockname()[:2]
    click.echo(f"Running on http://{shown}:{bound} (press CTRL+C to quit)", err=True)
    if not database.is_kept:
        logging.getLogger(__name__).warning(
            "STATE is not set: what the bridge remembers is gone when it ends."
        )
    signal.signal(signal.SIGTERM, _stop)
    _serve(settings, database, listener)


def _serve(settings: Settings, database: Database, listener: socket.socket) -> None:
    app = create_app(Bridge(settings, connect(settings), httpx.AsyncClient(), database))
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _stop(*_: object) -> None:
    """uvicorn raises the signal again once it has shut down: then this ends the process well."""
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise StartError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Stop what uses it, or set another with --port."
        ) from error
