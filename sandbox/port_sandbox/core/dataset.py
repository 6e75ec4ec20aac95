"""The dataset of a widget: which entities it is about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.core.search import Rule, compile_query

BLUEPRINT = "$blueprint"


def rule_of(dataset: Any, now: datetime) -> Rule:
    """Return the question that a dataset asks; Port takes a list of rules, too."""
    return compile_query(_query(dataset), now)


def names_in(dataset: Any) -> set[str]:
    """Return the properties and relations that a dataset asks for."""
    return {str(rule.get("property", rule.get("relation"))) for rule in _rules(_query(dataset))}


def blueprint_of(dataset: Any) -> str | None:
    """Return the blueprint that a dataset names."""
    for rule in _rules(_query(dataset)):
        if rule.get("property") == BLUEPRINT and isinstance(rule.get("value"), str):
            return str(rule["value"])
    return None


def _query(dataset: Any) -> Document:
    if isinstance(dataset, list):
        return {"combinator": "and", "rules": dataset}
    return dataset if isinstance(dataset, dict) and dataset else {"combinator": "and", "rules": []}


def _rules(query: Document) -> Iterator[Document]:
    for rule in query.get("rules", query.get("conditions")) or ():
        if isinstance(rule, dict) and "combinator" in rule:
            yield from _rules(rule)
        elif isinstance(rule, dict):
            yield rule
