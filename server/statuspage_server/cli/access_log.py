"""A line for each request, when it is asked for."""

import logging


def log_requests() -> None:
    """uvicorn's own level for the rest would silence these lines too."""
    requests = logging.getLogger("uvicorn.access")
    requests.setLevel(logging.INFO)
    requests.addFilter(without_query)


def without_query(record: logging.LogRecord) -> bool:
    """A query may hold a key or a token: neither belongs into a log."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            part.partition("?")[0] if isinstance(part, str) else part for part in record.args
        )
    return True
