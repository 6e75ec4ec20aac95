"""The components, which are a tree, as a list, and how one is found. No I/O."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from statuspage import Raw, UnknownName, match_component

SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class Component:
    """One component, and where it stands."""

    id: str
    name: str
    path: str
    """Its name behind those of its parents."""
    depth: int
    parent_id: str | None
    raw: Raw
    """What the API says of it, without what is below it."""

    @property
    def status(self) -> str:
        """How it is, empty where that is not told."""
        return _text(self.raw.get("status"))

    def as_json(self) -> Raw:
        """Return what the API says, with where it stands."""
        return {**self.raw, "path": self.path, "parentId": self.parent_id}


def flattened(status: Any) -> list[Component]:
    """Return all components of `GET /status-page/status`, parents before their children."""
    tree = status.get("components") if isinstance(status, dict) else status
    return list(_below(tree, "", 0, None))


def _below(rows: object, path: str, depth: int, parent_id: str | None) -> Iterator[Component]:
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            continue
        name = _text(row.get("name"))
        here = f"{path}{SEPARATOR}{name}" if path else name
        raw = {key: value for key, value in row.items() if key != "children"}
        yield Component(row["id"], name, here, depth, parent_id, raw)
        yield from _below(row.get("children"), here, depth + 1, row["id"])


def find_all(components: Sequence[Component], wanted: str) -> list[Component]:
    """Return every component with this name; raise `UnknownName`, with what is near.

    As it is written, else whatever differs only in case and spaces.
    """
    for read in (str, _folded):
        if found := [one for one in components if read(one.name) == read(wanted)]:
            return found
    # What is left is an id, where Nobl9 wants the name.
    raise UnknownName("component", wanted, [_match(components, wanted)["name"]])


def find_one(components: Sequence[Component], wanted: str) -> Component:
    """Return the component with this id, name, or path such as `Shop / Search`."""
    for one in components:
        if wanted == one.id or _folded(wanted) == _folded(one.path) != _folded(one.name):
            return one
    id_ = _match(components, wanted)["id"]
    return next(one for one in components if one.id == id_)


def _match(components: Sequence[Component], wanted: str) -> Raw:
    return match_component([{"id": one.id, "name": one.name} for one in components], wanted)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _text(value: object) -> str:
    return "" if value is None else str(value)
