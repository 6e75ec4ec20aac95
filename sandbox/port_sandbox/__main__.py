"""`python -m port_sandbox` starts the sandbox."""

import signal

# Whoever presses Ctrl-C while the rest is loaded wants no traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from datetime import timedelta

import uvicorn

from port_sandbox.app import create_app
from port_sandbox.errors import CannotStart
from port_sandbox.sandbox import Sandbox, Settings
from port_sandbox.storage.database import IN_MEMORY

# A secret in the arguments could be read by anyone on the machine.
SECRET_VARIABLE = "PORT_SANDBOX_CLIENT_SECRET"  # noqa: S105


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; return the status of the program."""
    options = _parser().parse_args(arguments)
    settings = Settings(
        database=options.database,
        token_lifetime=timedelta(seconds=options.token_lifetime),
        client_secret=os.environ.get(SECRET_VARIABLE),
        faults=options.faults,
    )
    try:
        listening = _listen(options.host, options.port)
        sandbox = Sandbox(settings)
    except CannotStart as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    host, port = listening.getsockname()[:2]
    print(f"The sandbox is at http://{host}:{port}", flush=True)  # noqa: T201
    # uvicorn ends in order and then raises the signal again; being told to stop is no failure.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: None)
    config = uvicorn.Config(
        create_app(sandbox),
        log_level="warning",
        access_log=False,
        # A page that is being read must not hold up the end.
        timeout_graceful_shutdown=5,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        sandbox.database.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else, so that the line that names it is true."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # From here on a request waits instead of being refused.
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise CannotStart(
            f"The sandbox cannot listen at {host}:{port}: {error.strerror}. Choose another --port."
        ) from error
    return listening


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="port_sandbox",
        description="A local Port.",
        epilog=f"Lets everybody in, or who knows the secret in {SECRET_VARIABLE}.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=5555, help="the port; 0 takes a free one")
    parser.add_argument(
        "--database", default=IN_MEMORY, metavar="FILE", help="keep the catalog in a SQLite file"
    )
    parser.add_argument(
        "--token-lifetime", type=float, default=3 * 3600, metavar="SECONDS", help="of access tokens"
    )
    parser.add_argument("--faults", action="store_true", help="open /sandbox/faults for tests")
    return parser


if __name__ == "__main__":
    sys.exit(main())
