"""Widgets that are not about numbers: texts, links, and actions with their runs."""

from dataclasses import dataclass
from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.errors import NotFound
from port_sandbox.page import run_view, startable
from port_sandbox.page.cells import MARKDOWN, safe_link
from port_sandbox.page.run_view import RunLine
from port_sandbox.page.startable import ACTION, Startable
from port_sandbox.page.widgets.readings import Readings


@dataclass(frozen=True, slots=True)
class Text:
    html: str
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Links:
    links: tuple[tuple[str, str], ...]
    look: str = "links"


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions to start; `missing` are those that are not there."""

    actions: tuple[Startable, ...]
    missing: tuple[str, ...]
    look: str = "actions"


@dataclass(frozen=True, slots=True)
class Runs:
    runs: tuple[RunLine, ...]
    look: str = "runs"


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """A widget that the sandbox leaves out, and why."""

    reason: str
    look: str = "not-drawn"


def markdown(widget: Document, _: Readings) -> Text:
    return Text(MARKDOWN.render(str(widget.get("markdown") or "")))


def links(widget: Document, _: Readings) -> Links:
    listed = [
        (str(one.get("title") or one.get("url")), str(one.get("url")))
        for one in widget.get("links") or ()
    ]
    return Links(tuple(one for one in listed if safe_link(one[1])))


def actions(widget: Document, readings: Readings) -> Actions:
    found, missing = list[Startable](), list[str]()
    for one in widget.get("actions") or ():
        name = _action(one)
        try:
            found.append(startable.one_of(readings.sandbox, ACTION, name))
        except NotFound:
            missing.append(name)
    return Actions(tuple(found), tuple(missing))


def runs(widget: Document, readings: Readings) -> Runs:
    wanted = _action(widget.get("action"))
    every = readings.sandbox.action_runs.latest()
    of_it = [one for one in every if not wanted or one["action"]["identifier"] == wanted]
    return Runs(tuple(run_view.lines(readings.sandbox, of_it[:10])))


def _action(named: Any) -> str:
    return str(named.get("action") if isinstance(named, dict) else named or "")
