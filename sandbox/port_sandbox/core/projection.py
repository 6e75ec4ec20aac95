"""Which parts of an entity a reader wants: `include` and `exclude`, such as `properties.status`."""

from collections.abc import Sequence
from typing import Any

from port_sandbox.core.json_types import Document


def projected(document: Document, include: Sequence[str], exclude: Sequence[str]) -> Document:
    chosen = _included(document, include) if include else document
    return _excluded(chosen, exclude) if exclude else chosen


def _included(document: Document, include: Sequence[str]) -> Document:
    found: Document = {}
    for path in include:
        name, _, key = path.removeprefix("$").partition(".")
        if name not in document:
            continue
        if not key:
            found[name] = document[name]
            continue
        held: Any = document[name]
        if isinstance(held, dict):
            # Port shows null for a property that an entity does not have.
            part = found.setdefault(name, {})
            part[key] = held.get(key)
    return found


def _excluded(document: Document, exclude: Sequence[str]) -> Document:
    found = dict(document)
    for path in exclude:
        name, _, key = path.removeprefix("$").partition(".")
        if not key:
            found.pop(name, None)
        elif isinstance(found.get(name), dict):
            found[name] = {k: v for k, v in found[name].items() if k != key}
    return found
