"""What stands in a table, before it is known how it is shown. Any value of the API may come."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from statuspage.answers import Raw
from statuspage.records import moment

type Cell = "str | Status | Moment"

# Text of the API must not be able to steer a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Status:
    """A status, an impact or an indicator: its colour says how bad it is."""

    value: object

    def __str__(self) -> str:
        return one_line(self.value)

    @property
    def words(self) -> str:
        """The status as people write it."""
        return str(self).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as the API writes it."""

    value: object

    def __str__(self) -> str:
        return one_line(self.value)

    @property
    def time(self) -> datetime | None:
        """The point in time, None when it is none."""
        return moment(self.value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what it holds of each object."""

    title: str
    cell: Callable[[Raw], Cell]


def text_of(value: object) -> str:
    """Return a value as text of any number of lines, empty for null."""
    return "" if value is None else _CONTROL.sub("�", str(value).replace("\r\n", "\n"))


def one_line(value: object) -> str:
    """Return a value as text of one line, empty for null."""
    return " ".join(text_of(value).split())
