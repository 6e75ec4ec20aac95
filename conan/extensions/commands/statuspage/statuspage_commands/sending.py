"""From a command's options to the API, and from the library's errors to Conan's."""

from __future__ import annotations

import argparse
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Awaitable, Callable, Iterator

from conan.api.output import ConanOutput
from conan.errors import ConanException

from .api_token import find_token
from .output import Answer

if TYPE_CHECKING:
    from statuspage import StatuspageClient, StatuspageError

    Work = Callable[[StatuspageClient, str], Awaitable[Answer]]

TIMEOUT = 30.0

# How arguments of the library are called here.
OPTIONS = {
    "name": "--title",
    "body": "--message",
    "components": "--components",
    "scheduled_for": "--scheduled",
    "scheduled_until": "The end of the maintenance",
    "key": "--key",
    "host": "--host",
    "api_key": "The API token",
}


def send(args: argparse.Namespace, work: Work) -> Answer:
    """Return what `work` brings, which gets a client and the id of the page."""
    import asyncio

    from statuspage import StatuspageError

    token = find_token(args)
    if args.ignore_ssl:
        ConanOutput().info("The server's certificate is not checked.")
    with _waits_told():
        try:
            return asyncio.run(_send(args, token, work))
        except StatuspageError as error:
            raise ConanException(sentence(error)) from None


async def _send(args: argparse.Namespace, token: str, work: Work) -> Answer:
    import httpx
    import statuspage

    host = args.host or statuspage.DEFAULT_HOST
    patience = statuspage.RetryPolicy(attempts=max(args.retries, 0) + 1)
    async with httpx.AsyncClient(timeout=TIMEOUT, verify=not args.ignore_ssl) as http:
        client = statuspage.connect(token, host=host, http=http, patience=patience)
        return await work(client, await statuspage.find_page(client, args.page))


def sentence(error: StatuspageError) -> str:
    """Return what the user is told: the API's own words are part of it."""
    from statuspage import KeyRejected, UnusableArgument

    if isinstance(error, UnusableArgument):
        return f"{OPTIONS.get(error.argument, error.argument)} {error.problem}"
    if isinstance(error, KeyRejected):
        return f"{str(error).rstrip('.')}: the API token is not valid."
    return str(error)


class _Notes(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        ConanOutput().info(record.getMessage())


@contextmanager
def _waits_told() -> Iterator[None]:
    """Tell on standard error what the library waits for."""
    logger, notes = logging.getLogger("statuspage"), _Notes(logging.WARNING)
    logger.addHandler(notes)
    try:
        yield
    finally:
        logger.removeHandler(notes)
