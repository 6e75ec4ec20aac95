"""What can be chosen in a form: the values of an enum, or entities of the catalog."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.json_types import Document
from port_sandbox.core.news import moment_of
from port_sandbox.core.templates import answered, asks
from port_sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Choice:
    """One value, and what the reader sees of it."""

    value: str
    label: str
    chosen: bool


def of_enum(values: Any, chosen: Iterable[Any]) -> list[Choice]:
    texts = {str(one) for one in chosen}
    return [Choice(str(one), str(one), str(one) in texts) for one in values or ()]


def of_entities(
    sandbox: Sandbox, definition: Document, context: Document, chosen: Iterable[Any]
) -> list[Choice]:
    """Return the entities that an input lets choose from, each with where it belongs."""
    name = str(definition.get("blueprint"))
    blueprint = sandbox.catalog.blueprint(name)
    if blueprint is None:
        return []
    own = {"property": "$blueprint", "operator": "=", "value": name}
    rules = [own, *_rules(definition.get("dataset"), context)]
    query = {"combinator": "and", "rules": rules}
    found = sandbox.reads.search(query, sandbox.clock(), computed=False)
    parents = _parents(sandbox, found, blueprint)
    picked = {str(one) for one in chosen}
    return [
        Choice(one.identifier, _label(one, parents), one.identifier in picked)
        for one in _sorted(found, definition.get("sort"), moment_of(blueprint))
    ]


def _rules(dataset: Any, context: Document) -> list[Document]:
    """Return the rules of a dataset; what asks for an input that is still empty narrows nothing."""
    if not isinstance(dataset, dict) or not isinstance(dataset.get("rules"), list):
        return []
    kept = []
    for rule in dataset["rules"]:
        value = answered(rule.get("value"), context)
        if not (asks(rule.get("value")) and value is None):
            kept.append({**rule, **({"value": value} if "value" in rule else {})})
    return [{"combinator": dataset.get("combinator", "and"), "rules": kept}] if kept else []


def _sorted(found: list[Entity], sort: Any, news: str | None) -> list[Entity]:
    if isinstance(sort, dict) and isinstance(sort.get("property"), str):
        name, newest = sort["property"], str(sort.get("order", "")).lower() == "desc"
    elif news:
        name, newest = news, True
    else:
        return sorted(found, key=lambda one: one.name.casefold())

    def key(one: Entity) -> str:
        value = one.meta(name) if name.startswith("$") else one.properties.get(name)
        return "" if value is None else str(value)

    return sorted(found, key=key, reverse=newest)


def _parents(sandbox: Sandbox, found: list[Entity], blueprint: Document) -> dict[str, list[str]]:
    """Return of each entity the names of those that it belongs to, such as its group and page.

    What all of them belong to tells none from another, and is left out.
    """
    parents: dict[str, list[str]] = {one.identifier: [] for one in found}
    for relation, definition in blueprint["relations"].items():
        if definition.get("many") or definition["target"] == blueprint["identifier"]:
            continue
        ends = {one.identifier: targets(one.relations.get(relation)) for one in found}
        wanted = list(dict.fromkeys(end for each in ends.values() for end in each))
        if len(wanted) > 1:
            names = sandbox.tables.names(definition["target"], wanted)
            for one, each in ends.items():
                parents[one] += [names.get(end, end) for end in each]
    return parents


def _label(entity: Entity, parents: dict[str, list[str]]) -> str:
    belongs = ", ".join(parents[entity.identifier])
    return f"{entity.name} ({belongs})" if belongs else entity.name
