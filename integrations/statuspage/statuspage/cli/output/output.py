"""Where everything goes: results to standard output, all else to standard error."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from statuspage.answers import Raw

from .cells import Cell, Column, text_of

if TYPE_CHECKING:
    from .terminal import Terminal


class Output:
    """Prints the results of one command."""

    def __init__(
        self,
        *,
        as_json: bool,
        colours: bool,
        utc: Callable[[], datetime],
        variables: Mapping[str, str],
    ) -> None:
        self.as_json = as_json
        self.colours = colours and not as_json
        self._utc = utc
        self._variables = variables

    def note(self, text: str) -> None:
        """Tell something that is no result."""
        click.echo(text_of(text), err=True)

    def json(self, content: Any) -> None:
        """Print what the API sent."""
        click.echo(json.dumps(content, indent=2, ensure_ascii=False))

    def json_line(self, content: Any) -> None:
        """Print what the API sent, in one line of many."""
        click.echo(json.dumps(content, ensure_ascii=False))

    def objects(
        self, items: Sequence[Raw], columns: Sequence[Column], *, empty: str = "", title: str = ""
    ) -> None:
        """Print a list of objects; `empty` is noted when there is none."""
        if self.as_json:
            self.json(items)
        elif not items:
            self.note(empty)
        else:
            titles = [column.title for column in columns]
            rows = [[column.cell(item) for column in columns] for item in items]
            self.table(titles, rows, title=title)

    def object(self, item: Raw, fields: Iterable[tuple[str, Cell]]) -> None:
        """Print one object: what the API sent, or fields of it."""
        if self.as_json:
            self.json(item)
        else:
            self.fields(fields)

    def fields(self, fields: Iterable[tuple[str, Cell]]) -> None:
        """Print, for people, the fields that hold something, each on a line of its own."""
        if self.as_json:
            return
        told = [(title, cell) for title, cell in fields if str(cell)]
        if self.colours:
            self.terminal.fields(told)
        else:
            for title, cell in told:
                click.echo(f"{title}: {cell}")

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> None:
        """Print rows: as a table on a terminal, with tabs and without titles elsewhere."""
        if self.colours:
            self.terminal.table(titles, rows, title)
        else:
            for row in rows:
                click.echo("\t".join(map(str, row)))

    def text(self, text: str) -> None:
        """Print lines for people."""
        if not self.as_json:
            click.echo(text_of(text))

    @cached_property
    def terminal(self) -> "Terminal":
        """The terminal, when standard output is one."""
        from .terminal import Terminal  # noqa: PLC0415 (rich is slow to import)

        return Terminal(self._utc, self._variables)
