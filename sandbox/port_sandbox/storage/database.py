"""The SQLite file, and the one connection to it.

All requests are answered on one thread, one after the other, so one connection is enough and
nothing has to be locked.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

from port_sandbox.errors import CannotStart
from port_sandbox.storage.schema import SCHEMA

type Row = sqlite3.Row

IN_MEMORY = ":memory:"


def packed(value: Any) -> str:
    """Return JSON that SQLite can keep, whatever the strings hold: half a surrogate pair too."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def unpacked(text: str) -> Any:
    return json.loads(text)


class Database:
    """One connection, with transactions that may be nested."""

    def __init__(self, path: str = IN_MEMORY) -> None:
        if path != IN_MEMORY and not Path(path).resolve().parent.is_dir():
            raise CannotStart(f"The directory of the database {path} does not exist.")
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            # A sandbox may lose its last moments when the machine loses its power.
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise CannotStart(f"The database {path} cannot be used: {error}.") from error

    def add_function(self, name: str, function: Callable[..., Any]) -> None:
        """Let SQL call a pure function."""
        count = len(signature(function).parameters)
        self._connection.create_function(name, count, function, deterministic=True)

    @property
    def version(self) -> int:
        """Return a number that grows with every change."""
        return self._connection.total_changes

    def close(self) -> None:
        self._connection.close()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change rows; return how many."""
        return self._connection.execute(sql, values).rowcount

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Change rows, once for each of many values."""
        self._connection.executemany(sql, rows)

    def all(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def first(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row, if there is one."""
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        return int(self._connection.execute(sql, values).fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
