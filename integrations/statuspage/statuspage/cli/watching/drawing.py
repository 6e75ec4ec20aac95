"""How a page looks in the terminal."""

from datetime import datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from statuspage.cli.output import Moment, Status, one_line, text_of
from statuspage.cli.output.terminal import COLOUR_OF, Terminal

from .view import Row, View

# Where a page has more, those that are well are left out.
FULL_LIST = 30


def draw(terminal: Terminal, view: View, read_at: datetime, trouble: str) -> Group:
    """Return a page as it is shown."""
    head = Text.assemble(
        (one_line(view.title), "bold"),
        "  ",
        (one_line(view.description), f"bold {COLOUR_OF.get(view.indicator, '')}".strip()),
    )
    parts: list[RenderableType] = [head, _components(terminal, view)]
    for title, rows in (("Incidents", view.incidents), ("Maintenances", view.maintenances)):
        if rows:
            parts.append(Text(title, style="bold"))
            parts += [part for row in rows.values() for part in _incident(terminal, row)]
    foot = trouble or f"Read at {read_at:%H:%M:%S} UTC. Ctrl-C ends."
    parts.append(Text(one_line(foot), style="red" if trouble else "dim"))
    return Group(*parts)


def _components(terminal: Terminal, view: View) -> RenderableType:
    rows = list(view.components.values())
    if len(rows) > FULL_LIST:
        rows = [row for row in rows if row.status != "operational"]
    left_out = len(view.components) - len(rows)
    table = terminal.grid(
        ["Component", "Status"], [[one_line(row.name), Status(row.status)] for row in rows]
    )
    if not left_out:
        return table
    return Group(table, Text(f"{left_out} more are operational.", style="dim"))


def _incident(terminal: Terminal, row: Row) -> list[RenderableType]:
    line = Text.assemble(
        terminal.cell(Status(row.status)),
        f"  {one_line(row.name)}  ",
        terminal.cell(Moment(row.since)),
    )
    return [line, Padding(Text(text_of(row.text)), (0, 0, 1, 2))]
