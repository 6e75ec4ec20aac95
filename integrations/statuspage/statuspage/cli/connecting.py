"""From the options to a client of the API."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from statuspage.client import StatuspageClient
from statuspage.retrying import RetryPolicy
from statuspage.wiring import connect

from .app import App


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
        with _told(app.output.note):
            yield client


class _Notes(logging.Handler):
    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._note = note

    def emit(self, record: logging.LogRecord) -> None:
        self._note(record.getMessage())


@contextmanager
def _told(note: Callable[[str], None]) -> Iterator[None]:
    """Hand the lines that the library logs to the user."""
    logger, handler = logging.getLogger("statuspage"), _Notes(note)
    former = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = former
