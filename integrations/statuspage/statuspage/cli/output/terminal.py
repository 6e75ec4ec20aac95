"""Tables and colours of a terminal. NO_COLOR turns the colours off."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .cells import Cell, Moment, Status
from .relative import relative

_COLOURS = {
    "green": ("operational", "resolved", "completed", "none"),
    "yellow": ("degraded_performance", "degradedPerformance", "minor", "monitoring", "verifying"),
    "dark_orange": ("partial_outage", "major", "identified"),
    "red": ("major_outage", "majorOutage", "critical", "investigating"),
    "blue": ("under_maintenance", "maintenance", "scheduled", "in_progress"),
}
COLOUR_OF = {status: colour for colour, statuses in _COLOURS.items() for status in statuses}


class Terminal:
    """Shows cells as people read them."""

    def __init__(self, utc: Callable[[], datetime], variables: Mapping[str, str]) -> None:
        self.console = Console(
            highlight=False, force_terminal=True, _environ=variables, soft_wrap=False
        )
        self._utc = utc

    def cell(self, cell: Cell) -> Text:
        """Return a cell with its colour; text of the API is never taken for markup."""
        if isinstance(cell, Status):
            return Text(cell.words, style=COLOUR_OF.get(str(cell), ""))
        if isinstance(cell, Moment):
            return Text(relative(cell.time, self._utc()) if cell.time else str(cell))
        return Text(cell)

    def grid(self, titles: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> Table:
        """Return a table."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
        table.title = Text(title, style="bold") if title else None
        for name in titles:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*map(self.cell, row))
        return table

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> None:
        """Print a table."""
        self.console.print(self.grid(titles, rows, title))

    def fields(self, fields: Iterable[tuple[str, Cell]]) -> None:
        """Print names and values."""
        table = Table.grid(padding=(0, 2))
        for name, cell in fields:
            shown = self.cell(cell)
            if isinstance(cell, Moment) and cell.time:
                shown = Text(f"{cell} ({shown})")
            table.add_row(Text(name, style="bold"), shown)
        self.console.print(table)
