"""Dashboards: the pages that came along with the blueprints, drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from port_sandbox.core.dataset import blueprint_of
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Answer, NotFound
from port_sandbox.page.widgets.line import lines
from port_sandbox.page.widgets.number import number
from port_sandbox.page.widgets.others import NotDrawn, actions, links, markdown, runs
from port_sandbox.page.widgets.readings import Readings
from port_sandbox.page.widgets.slices import bars, pie
from port_sandbox.page.widgets.table import SIZE, table
from port_sandbox.sandbox import Sandbox

ROOT, WHOLE_ROW = "dashboard-widget", 12
DRAW: dict[str, Callable[[Document, Readings], Any]] = {
    "entities-number-chart": number,
    "entities-pie-chart": pie,
    "bar-chart": bars,
    "line-chart": lines,
    "table-entities-explorer": table,
    "markdown": markdown,
    "links-widget": links,
    "action-card-widget": actions,
    "runs-table-widget": runs,
    "action-runs-table-widget": runs,
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One widget, and how many twelfths of a row it takes."""

    identifier: str
    title: str
    description: str
    size: int
    content: Any


@dataclass(frozen=True, slots=True)
class Dashboard:
    identifier: str
    title: str
    description: str
    panels: tuple[Panel, ...]


def dashboards(sandbox: Sandbox) -> list[Document]:
    """Return the pages that can be drawn, in the order in which they came."""
    return [one for one in sandbox.pages.all() if _roots(one)]


def dashboard(sandbox: Sandbox, page: Document) -> Dashboard:
    """Return a page with its widgets, each drawn from what the catalog holds now."""
    readings = Readings(sandbox)
    return Dashboard(
        identifier=page["identifier"],
        title=str(page.get("title") or page["identifier"]),
        description=str(page.get("description") or ""),
        panels=tuple(
            Panel(
                identifier=str(widget.get("id")),
                title=str(widget.get("title") or ""),
                description=str(widget.get("description") or ""),
                size=size,
                content=_drawn(widget, readings, size),
            )
            for widget, size in _placed(page)
        ),
    )


def widget_of(page: Document, identifier: str) -> Document:
    for widget, _ in _placed(page):
        if widget.get("id") == identifier:
            return widget
    raise NotFound(f'The page "{page["identifier"]}" has no widget "{identifier}"')


def with_blueprint(widget: Document) -> Document:
    """Return a widget that says which blueprint it is about; some say it in their dataset alone."""
    configured = next(iter(widget.get("blueprintConfig") or ()), None)
    named = widget.get("blueprint") or blueprint_of(widget.get("dataset")) or configured
    return {**widget, "blueprint": str(named)}


def _roots(page: Document) -> list[Document]:
    widgets = page.get("widgets")
    listed = widgets if isinstance(widgets, list) else []
    return [one for one in listed if isinstance(one, dict) and one.get("type") == ROOT]


def _placed(page: Document) -> Iterator[tuple[Document, int]]:
    """Yield the widgets in the order of the layout, those that it does not name last."""
    for root in _roots(page):
        known = {str(one.get("id")): one for one in root.get("widgets") or ()}
        for row in root.get("layout") or ():
            for column in row.get("columns") or ():
                if widget := known.pop(str(column.get("id")), None):
                    size = column.get("size")
                    yield widget, size if size in range(1, WHOLE_ROW + 1) else WHOLE_ROW
        for widget in known.values():
            yield widget, WHOLE_ROW


def _drawn(widget: Document, readings: Readings, size: int) -> Any:
    draw = DRAW.get(str(widget.get("type")))
    if draw is None or widget.get("chartType") == "propertiesValueHistory":
        return NotDrawn(f"The sandbox does not draw widgets of the type {widget.get('type')}.")
    try:
        return draw({**with_blueprint(widget), SIZE: size}, readings)
    except Answer as error:
        return NotDrawn(f"{error}.")
    except (KeyError, TypeError, ValueError) as error:
        return NotDrawn(f"The definition of the widget is not what Port takes: {error!r}.")
