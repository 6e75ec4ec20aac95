"""Serving: from a config file to a listening socket."""

import gc
import logging
import signal
import socket
import sys
from contextlib import ExitStack
from pathlib import Path

import click
import uvicorn

from statuspage_server.cli.access_log import log_requests
from statuspage_server.cli.descriptors import most_connections
from statuspage_server.cli.options import open_database
from statuspage_server.config import read_config
from statuspage_server.config.advice import advise
from statuspage_server.config.watch import ConfigWatch
from statuspage_server.config_sync.pages import sync_pages
from statuspage_server.core.moments import wall_clock
from statuspage_server.errors import StartError
from statuspage_server.outbox.channels import Senders
from statuspage_server.outbox.chat import ChatSender
from statuspage_server.outbox.sender import WebhookSender, sender_client
from statuspage_server.outbox.smtp import MailSender
from statuspage_server.runtime import Runtime
from statuspage_server.web.app import create_app
from statuspage_server.web.connection import connections

log = logging.getLogger("statuspage_server")

# Long enough for what is under way, short enough for a container platform's patience.
SHUTDOWN_SECONDS = 8
BACKLOG = 2048


def run_server(
    path: Path, host: str | None, port: int | None, database: str | None, *, access_log: bool
) -> None:
    """Serve until a signal ends it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    read = read_config(path)
    server = read.config.server
    listener = _listen(host or server.host, server.port if port is None else port)
    opened = open_database(read, path, database)
    address, bound = listener.getsockname()[:2]
    runtime = Runtime(
        read.config,
        opened,
        wall_clock,
        senders=Senders(WebhookSender(sender_client()), MailSender(), ChatSender()),
        watch=ConfigWatch(path, read),
        local_url=f"http://localhost:{bound}",
        folder=path.absolute().parent,
    )
    # Done again when serving begins; done here, a fault ends in a sentence.
    opened.write_now(lambda connection: sync_pages(connection, read.config, wall_clock()))
    config = uvicorn.Config(
        create_app(runtime),
        log_config=None,
        log_level="warning",
        access_log=access_log,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        server_header=False,
        http=connections(most_connections()),
    )
    if access_log:
        log_requests()
    _settle_memory()
    shown = f"[{address}]" if ":" in address else address
    click.echo(f"Running on http://{shown}:{bound} (press CTRL+C to quit)", err=True)
    for sentence in advise(read.config, address):
        log.warning(sentence)
    signal.signal(signal.SIGTERM, _stop)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        opened.close()


def _stop(*_: object) -> None:
    """uvicorn raises the signal again once it has shut down: then this ends the process well."""
    sys.exit(0)


def _settle_memory() -> None:
    """Garbage collection pauses every request: objects from the start are left out, and it
    runs less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with ExitStack() as undo:
            listener = undo.enter_context(socket.socket(family, socket.SOCK_STREAM))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            # From here on whoever connects waits for the start instead of being turned away.
            listener.listen(BACKLOG)
            undo.pop_all()
    except OSError as error:
        raise StartError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Stop what uses it, or set another with --port or server.port."
        ) from error
    listener.set_inheritable(True)
    return listener
