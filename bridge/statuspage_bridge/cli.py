"""The command `statuspage-bridge`."""

import logging
import os
import signal
import socket
import sys
from pathlib import Path

import click
import httpx
import statuspage
import uvicorn

from . import __version__
from .bridge import Bridge
from .configuration.environment import read_environment
from .configuration.file import read_file
from .configuration.settings import Settings
from .errors import StartError
from .web.app import create_app

# Long enough for what is under way, short enough for a container platform's patience.
SHUTDOWN_SECONDS = 8


@click.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Tell whether the settings are fine, and end.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8090, show_default=True, help="0 takes a free one.")
@click.version_option(__version__)
def main(config: Path | None, host: str, port: int, *, check: bool) -> None:
    """Open, update and resolve incidents from alerts.

    The settings are those of the file CONFIG; without one, those of the environment.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = read_file(config, os.environ) if config else read_environment(os.environ)
        if check:
            click.echo("The settings are fine.")
            return
        listener = _listen(host, port)
    except StartError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    shown, bound = listener.getsockname()[:2]
    click.echo(f"Running on http://{shown}:{bound} (press CTRL+C to quit)", err=True)
    signal.signal(signal.SIGTERM, _stop)
    _serve(settings, listener)


def _serve(settings: Settings, listener: socket.socket) -> None:
    client = statuspage.connect(settings.key.get_secret_value(), host=settings.host)
    app = create_app(Bridge(settings, client, httpx.AsyncClient()))
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
    sys.exit(0)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise StartError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Stop what uses it, or set another with --port."
        ) from error
