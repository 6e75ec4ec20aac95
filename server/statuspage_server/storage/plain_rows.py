"""Rows as plain named tuples. Long lists read hundreds of thousands of attributes a second, and a
named tuple gives one about ten times as fast as SQLAlchemy's row does (measured: 0.05 and 0.5 us).
"""

from collections import namedtuple
from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult


@lru_cache(maxsize=64)
def _kind(names: tuple[str, ...]) -> Any:
    return namedtuple("PlainRow", names)  # noqa: PYI024 - its fields are known when it runs


def plain_rows(result: CursorResult[Any]) -> list[Any]:
    make = _kind(tuple(result.keys()))._make
    return [make(row) for row in result.fetchall()]
