"""Sends the library's log lines where Ocean's go: to the console and to Port."""

import logging
from typing import TYPE_CHECKING

from loguru import logger

if TYPE_CHECKING:
    from loguru import Record

SOURCES = ("statuspage", "resync", "live_events", "refusals")


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
    """Bridge the library's loggers, once."""
    for name in SOURCES:
        source = logging.getLogger(name)
        source.handlers = [ToLoguru()]
        source.setLevel(logging.DEBUG)
        source.propagate = False
