"""A blueprint with what ours has and it lacks."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

type Json = dict[str, Any]

# What one entity's properties are made of: a name can stand in one of them only.
_COMPUTED = ("mirrorProperties", "calculationProperties", "aggregationProperties")
_SECTIONS = ("relations", *_COMPUTED)


@dataclass
class Merged:
    """A definition as it would be, and one line for each thing about it that is worth one."""

    result: Json
    changes: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def merge(there: Json, ours: Json, *, replace: bool = False) -> Merged:
    """Add what is missing; with `replace`, also put our definitions where the two differ.

    Nothing is taken away, and no property gets another type or format: Port refuses that.
    """
    merged = Merged(copy.deepcopy(there))
    schema = merged.result.setdefault("schema", {})
    _merge_properties(merged, schema.setdefault("properties", {}), ours, replace=replace)
    for section in _SECTIONS:
        members: Json = merged.result.setdefault(section, {})
        for name, wanted in ours.get(section, {}).items():
            if section in _COMPUTED and _is_taken(merged.result, section, name):
                merged.kept.append(f"{name}: yours is something else, and stays")
            elif name not in members:
                members[name] = wanted
                merged.changes.append(f"{_WORD[section]} {name} is added")
            elif says(members[name], wanted):
                continue
            elif replace and _fits(members[name], wanted):
                members[name] = wanted
                merged.changes.append(f"{_WORD[section]} {name} is replaced")
            elif _means(members[name]) != _means(wanted):
                merged.kept.append(f"{_WORD[section]} {name}: yours differs, and stays")
    return merged


_WORD = {
    "relations": "relation",
    "mirrorProperties": "mirror property",
    "calculationProperties": "calculation",
    "aggregationProperties": "aggregation",
}


def _merge_properties(merged: Merged, there: Json, ours: Json, *, replace: bool) -> None:
    for name, wanted in ours["schema"]["properties"].items():
        if any(name in merged.result.get(section, {}) for section in _COMPUTED):
            merged.kept.append(f"{name}: yours is something else, and stays")
        elif name not in there:
            there[name] = wanted
            merged.changes.append(f"property {name} is added")
        elif _kind(there[name]) != _kind(wanted):
            merged.kept.append(f"property {name}: yours is of another type or format, and stays")
        else:
            _merge_property(merged, name, there[name], wanted, replace=replace)


def _merge_property(merged: Merged, name: str, there: Json, wanted: Json, *, replace: bool) -> None:
    # A property without a list of values takes all of them.
    known: list[Any] = there.get("enum") or []
    new = [value for value in wanted.get("enum", []) if value not in known] if known else []
    if new:
        colors = {**wanted.get("enumColors", {}), **there.get("enumColors", {})}
        there["enum"] = [*known, *new]
        there["enumColors"] = {value: colors[value] for value in there["enum"] if value in colors}
        merged.changes.append(f"property {name} may also be {', '.join(new)}")
    others = {key: value for key, value in wanted.items() if key != "enum"}
    if replace and not says(there, others):
        colors = {**there.get("enumColors", {}), **wanted.get("enumColors", {})}
        there.update(others | ({"enumColors": colors} if colors else {}))
        merged.changes.append(f"property {name} is replaced")


def says(there: Any, wanted: Any) -> bool:
    """Tell whether all that is wanted is there; Port adds fields of its own."""
    if isinstance(wanted, Mapping):
        return isinstance(there, Mapping) and all(
            says(there.get(name), value) for name, value in wanted.items()
        )
    return bool(there == wanted)


def _kind(definition: Json) -> tuple[Any, Any]:
    return definition.get("type"), definition.get("format")


def _fits(there: Json, wanted: Json) -> bool:
    """Tell whether Port lets one take the place of the other."""
    fixed = ("target", "many") if "many" in wanted else ("type",)
    return all(there.get(key) == wanted.get(key) for key in fixed)


def _means(definition: Json) -> Json:
    """Return what a definition does, without what it is called."""
    named = ("title", "description", "icon", "colorized", "colors", "required")
    return {key: value for key, value in definition.items() if key not in named}


def _is_taken(blueprint: Json, section: str, name: str) -> bool:
    others = [blueprint["schema"]["properties"]]
    others += [blueprint.get(other) or {} for other in _COMPUTED if other != section]
    return any(name in other for other in others)
