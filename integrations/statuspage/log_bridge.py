"""Sends the library's log lines where Ocean's go: to the console and to Port."""

import logging
from typing import TYPE_CHECKING

from loguru import logger

import log_levels

if TYPE_CHECKING:
    from loguru import Record

SOURCES = ("statuspage", "resync", "publishing", "live_events", "watching", "refusals")


class ToLoguru(logging.Handler):
    """Hands a record on, with its level, as if it had been written where it was written."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a record on."""

        def place(line: "Record") -> None:
            line["name"], line["function"], line["line"] = (
                record.name,
                record.funcName,
                record.lineno,
            )

        logger.patch(place).opt(exception=record.exc_info).log(
            record.levelname, record.getMessage()
        )


def install() -> None:
    """Bridge the library's loggers, once, and lower what Ocean writes again and again."""
    log_levels.install()
    for name in SOURCES:
        source = logging.getLogger(name)
        source.handlers = [ToLoguru()]
        source.setLevel(logging.DEBUG)
        source.propagate = False


class WithoutQuery(logging.Filter):
    """Takes the query of our path out of the web server's access log, which writes it whole."""

    def __init__(self, path: str) -> None:
        super().__init__()
        # Also with a slash behind it: such a request is answered with a redirect, and logged.
        self._path = path

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without what follows the question mark of ours."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                argument.partition("?")[0]
                if isinstance(argument, str) and argument.startswith(self._path)
                else argument
                for argument in record.args
            )
        return True
