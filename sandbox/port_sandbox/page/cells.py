"""How a value is shown, which its definition in the blueprint decides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from port_sandbox.core import timestamps
from port_sandbox.core.entities import Key
from port_sandbox.core.json_types import Document

type Look = Literal[
    "text", "badge", "link", "moment", "markdown", "json", "empty", "number", "entity", "entities"
]

COLORS = frozenset(
    {"blue", "turquoise", "orange", "purple", "pink", "yellow", "green", "red", "gold", "silver"}
    | {"paleBlue", "darkGray", "lightGray", "bronze", "lime", "olive", "brown"}
)
# No raw HTML, and no pictures: they would be fetched from somewhere else.
MARKDOWN = MarkdownIt("js-default", {"html": False}).disable("image")
SHORT = 90
# A status of these colours is good news, and what has it needs nobody any more.
STATUS, OVER, ALARMS = "status", {"green", "lime", "purple"}, {"red", "orange", "yellow"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, ready to be shown."""

    look: Look
    text: str = ""
    color: str = "lightGray"
    html: str = ""
    others: tuple["Cell", ...] = ()
    key: Key | None = None

    @property
    def short(self) -> str:
        """Return the text, cut to the width of a table."""
        line = " ".join(self.text.split())
        return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def cell(value: Any, definition: Document) -> Cell:
    """Return how a value is shown."""
    if value is None or value in ("", [], {}):
        return Cell("empty")
    if isinstance(value, list | dict):
        return _nested(value, definition)
    if isinstance(value, bool):
        return Cell("text", "yes" if value else "no")
    colors = definition.get("enumColors") or definition.get("colors")
    if colors or definition.get("enum"):
        color = (colors or {}).get(value, "lightGray")
        return Cell("badge", str(value), color if color in COLORS else "lightGray")
    if isinstance(value, int | float):
        return Cell("number", written_number(value))
    return _text(str(value), definition.get("format"))


def _nested(value: Any, definition: Document) -> Cell:
    if isinstance(value, list):
        items = definition.get("items") or {}
        return Cell("text", _joined(value), others=tuple(cell(one, items) for one in value))
    return Cell("json", json.dumps(value, indent=2, ensure_ascii=False))


def definitions(blueprint: Document) -> dict[str, Document]:
    """Return the definitions of all that an entity shows, the computed ones last."""
    return {
        **blueprint["schema"]["properties"],
        **blueprint["mirrorProperties"],
        **blueprint["calculationProperties"],
        **blueprint["aggregationProperties"],
    }


def cells(properties: Document, blueprint: Document) -> dict[str, Cell]:
    """Return how all properties of an entity are shown.

    Where its status says that it is over, nothing else about it is shown as an alarm any more: the
    impact of a resolved incident is what it was.
    """
    found = {name: cell(properties.get(name), one) for name, one in definitions(blueprint).items()}
    if STATUS in found and found[STATUS].color in OVER:
        return {
            name: replace(one, color="lightGray") if one.color in ALARMS else one
            for name, one in found.items()
        }
    return found


def related(blueprint: str, names: Mapping[str, str]) -> Cell:
    """Return how entities are shown that another one points at: by name, each a link."""
    cells = tuple(Cell("entity", name, key=(blueprint, one)) for one, name in names.items())
    return Cell("entities", ", ".join(names.values()), others=cells) if cells else Cell("empty")


def written_number(value: float) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return f"{int(value) if whole else value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def safe_link(text: str) -> bool:
    """Tell whether an address may be followed: a script may not."""
    try:
        return urlsplit(text).scheme in {"http", "https", "mailto"}
    except ValueError:
        return False


def written_moment(text: str) -> str:
    """Return a timestamp as the page shows it, in UTC, or the text itself when it is none."""
    moment = timestamps.parsed(text)
    if moment is None:
        return text
    return timestamps.formatted(moment)[:19].replace("T", " ")


def _text(text: str, form: object) -> Cell:
    if form == "markdown":
        return Cell("markdown", text, html=MARKDOWN.render(text))
    if form == "date-time" and timestamps.parsed(text) is not None:
        return Cell("moment", text)
    if form in {"url", None} and text.startswith(("http://", "https://")) and safe_link(text):
        return Cell("link", text)
    return Cell("text", text)


def _joined(values: list[Any]) -> str:
    return ", ".join(one if isinstance(one, str) else json.dumps(one) for one in values)
