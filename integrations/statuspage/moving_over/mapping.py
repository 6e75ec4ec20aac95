"""A stored mapping with what ours has and it lacks.

Three mappings are compared: the stored one, ours, and that of the public integration (0.2.98), from
which the stored one came. An expression that is still that of 0.2.98 was never the user's, so ours
takes its place. One that the user wrote stays, and one that the user took away stays away.
"""

import copy
import json
from pathlib import Path
from typing import Any

import yaml

from .blueprints import Merged

type Json = dict[str, Any]

HERE = Path(__file__).parent
PUBLIC: Json = json.loads((HERE / "public_mapping.json").read_text(encoding="utf-8"))
OURS: Json = yaml.safe_load(
    (HERE.parent / ".port/resources/port-app-config.yaml").read_text(encoding="utf-8")
)


def merge(stored: Json | None, *, replace: bool = False) -> Merged:
    """Return a stored mapping with what is new; with `replace`, ours as it is."""
    if replace or not stored or not stored.get("resources"):
        merged = Merged(copy.deepcopy(OURS))
        if stored != OURS:
            merged.changes.append("the mapping of this version takes the place of what is there")
        return merged
    merged = Merged(copy.deepcopy(stored))
    for name, value in OURS.items():
        if name != "resources" and name not in stored:
            merged.result[name] = value
            merged.changes.append(f"{name} is added")
    for ours in OURS["resources"]:
        kind = ours["kind"]
        fitting = [block for block in merged.result["resources"] if _is_same(block, ours)]
        if not fitting:
            merged.kept.append(f"{kind}: your mapping does not bring it into our blueprint")
        for block in fitting:
            _merge_block(merged, block, ours, PUBLIC[kind])
    return merged


def _is_same(block: Any, ours: Json) -> bool:
    """Tell whether a block brings the same kind into the same blueprint."""
    mappings = _mappings(block)
    return (
        isinstance(mappings, dict)
        and block.get("kind") == ours["kind"]
        and _plain(mappings.get("blueprint")) == _plain(_mappings(ours)["blueprint"])
    )


def _mappings(block: Any) -> Any:
    try:
        return block["port"]["entity"]["mappings"]
    except (KeyError, TypeError):
        return None


def _merge_block(merged: Merged, block: Json, ours: Json, public: Json) -> None:
    kind = ours["kind"]
    selector = block.setdefault("selector", {})
    wanted = {"query": ours["selector"]["query"]}
    _merge_expressions(merged, f"{kind}: the query", selector, wanted, {"query": public["query"]})
    stored = _mappings(block)
    wanted = {"title": _mappings(ours)["title"]}
    _merge_expressions(merged, f"{kind}: the title", stored, wanted, {"title": public["title"]})
    for section in ("properties", "relations"):
        wanted = _mappings(ours).get(section, {})
        if not wanted:
            continue
        there = stored.setdefault(section, {})
        _merge_expressions(merged, f"{kind}:", there, wanted, public.get(section, {}))


def _merge_expressions(merged: Merged, place: str, there: Json, wanted: Json, public: Json) -> None:
    for name, expression in wanted.items():
        what = f"{place} {name}" if place.endswith(":") else place
        if name not in there:
            if name in public:
                merged.kept.append(f"{what} stays away, as in your mapping")
                continue
            merged.changes.append(f"{what} is added")
        elif _plain(there[name]) == _plain(expression):
            continue
        elif name not in public or _plain(there[name]) != _plain(public[name]):
            merged.kept.append(f"{what}: your expression stays")
            continue
        else:
            merged.changes.append(f"{what} is no longer that of 0.2.98")
        there[name] = expression


def _plain(expression: Any) -> Any:
    return " ".join(expression.split()) if isinstance(expression, str) else expression
