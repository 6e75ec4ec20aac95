"""A sandbox at an address of this machine, served by a thread: a process would start slower."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import httpx
import uvicorn

from port_sandbox.app import create_app
from port_sandbox.sandbox import Sandbox, Settings

# An open page asks often, so that no test waits long for what it expects.
SETTINGS = Settings(refresh_interval=timedelta(milliseconds=150))


@contextmanager
def serving() -> Iterator[httpx.Client]:
    """Serve an empty sandbox; yield a client of it."""
    sandbox = Sandbox(SETTINGS)
    config = uvicorn.Config(
        create_app(sandbox), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        sandbox.database.close()
