"""What would change in Port, and in which words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import blueprints, mapping

type Json = dict[str, Any]

RESOURCES = Path(__file__).parent.parent / ".port" / "resources"


@dataclass(frozen=True, slots=True)
class Found:
    """What Port has of what this version brings."""

    mapping: Json | None
    blueprints: dict[str, Json]
    # The identifiers of scorecards, each behind that of its blueprint.
    scorecards: set[tuple[str, str]]
    pages: set[str]


@dataclass(frozen=True, slots=True)
class Shipped:
    """What this version brings, but for the mapping and the actions."""

    blueprints: list[Json]
    scorecards: list[tuple[str, Json]]
    pages: list[Json]


@dataclass(slots=True)
class Plan:
    """What is to be written; what is as it should be is not in it."""

    mapping: Json | None = None
    blueprints: list[Json] = field(default_factory=list)
    scorecards: list[tuple[str, Json]] = field(default_factory=list)
    pages: list[Json] = field(default_factory=list)
    # What is shown: what changes below the name of each thing, and what stays the user's.
    changes: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lines(self) -> Iterator[str]:
        """The plan as it is shown."""
        for told in (self.changes, self.kept):
            for name, what in told.items():
                yield f"{name}\n"
                yield from (f"  {one}\n" for one in what)
            if told:
                yield "\n"


def shipped() -> Shipped:
    """Read what this version brings."""
    cards = [(entry["blueprint"], card) for entry in _read("scorecards") for card in entry["data"]]
    return Shipped(_read("blueprints"), cards, _read("pages"))


def make_plan(
    found: Found, ours: Shipped, *, replace_mapping: bool = False, replace_blueprints: bool = False
) -> Plan:
    """Compare what Port has with what this version brings."""
    plan = Plan()
    for blueprint in ours.blueprints:
        name = f"Blueprint {blueprint['identifier']}"
        there = found.blueprints.get(blueprint["identifier"])
        if there is None:
            plan.blueprints.append(blueprint)
            plan.changes[name] = ["is made"]
            continue
        merged = blueprints.merge(there, blueprint, replace=replace_blueprints)
        _tell(plan, name, merged)
        if merged.changes:
            plan.blueprints.append(merged.result)
    merged = mapping.merge(found.mapping, replace=replace_mapping)
    _tell(plan, "Mapping", merged)
    plan.mapping = merged.result if merged.changes else None
    for blueprint_id, card in ours.scorecards:
        if (blueprint_id, card["identifier"]) not in found.scorecards:
            plan.scorecards.append((blueprint_id, card))
            plan.changes[f"Scorecard {card['identifier']}"] = ["is made"]
    for page in ours.pages:
        if page["identifier"] not in found.pages:
            plan.pages.append(page)
            plan.changes[f"Page {page['identifier']}"] = ["is made"]
    return plan


def _tell(plan: Plan, name: str, merged: blueprints.Merged) -> None:
    for told, lines in ((plan.changes, merged.changes), (plan.kept, merged.kept)):
        if lines:
            told[name] = lines


def _read(name: str) -> Any:
    return json.loads((RESOURCES / f"{name}.json").read_text(encoding="utf-8"))
