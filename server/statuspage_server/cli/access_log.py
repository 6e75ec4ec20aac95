"""A line for each request, when it is asked for."""

import logging
import re

# What follows is the secret of an item or of a subscriber.
_SECRET = re.compile(r"^(/(?:ping|subscriptions)/)[^/]+")


def log_requests() -> None:
    """uvicorn's own level for the rest would silence these lines too."""
    requests = logging.getLogger("uvicorn.access")
    requests.setLevel(logging.INFO)
    requests.addFilter(without_secrets)


def without_secrets(record: logging.LogRecord) -> bool:
    """A query may hold a key or a token, and some paths are secrets: none belongs into a log."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            _SECRET.sub(r"\1...", part.partition("?")[0]) if isinstance(part, str) else part
            for part in record.args
        )
    return True
