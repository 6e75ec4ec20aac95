"""From the options to a client of the API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from statuspage.client import StatuspageClient
from statuspage.retrying import RetryPolicy
from statuspage.wiring import connect

from .app import App
from .log_notes import logged_to


@asynccontextmanager
async def connected(app: App, key: str) -> AsyncIterator[StatuspageClient]:
    """Open a client; its waits and retries are told on standard error."""
    options, environment = app.options, app.environment
    if options.insecure:
        app.output.note(f"Warning: the certificate of {options.host} is not checked.")
    http = environment.http(options.timeout, verify=not options.insecure)
    async with http:
        client = connect(
            key,
            host=options.host,
            http=http,
            clock=environment.clock(),
            patience=RetryPolicy(attempts=options.retries + 1, waits_for_quota=options.wait),
        )
        with logged_to(app.output.note, "statuspage"):
            yield client
