"""Which entities a query can match at all, so that not every one is read.

Ocean asks for fifty entities by their keys before it writes; that must not cost a walk through
the whole catalog.
"""

from itertools import product
from typing import Any

from port_sandbox.core.entities import Key


def keys(query: Any) -> set[Key] | None:
    """Return the only keys that can match, or nothing where the query does not say."""
    rules = query.get("rules", [])
    groups = [rule for rule in rules if "combinator" in rule]
    if query["combinator"] == "or":
        found = [keys(group) for group in groups]
        known: list[set[Key]] = [one for one in found if one is not None]
        if len(groups) < len(rules) or len(known) < len(found):
            return None
        return set[Key]().union(*known)
    blueprints, identifiers = _named(rules, "$blueprint"), _named(rules, "$identifier")
    if blueprints is not None and identifiers is not None:
        return set(product(blueprints, identifiers))
    return next((one for one in map(keys, groups) if one is not None), None)


def blueprint(query: Any) -> str | None:
    """Return the one blueprint whose entities can match, if the query names one."""
    if query["combinator"] != "and":
        return None
    named = _named(query.get("rules", []), "$blueprint")
    return named[0] if named and len(named) == 1 else None


def _named(rules: list[Any], name: str) -> list[str] | None:
    for rule in rules:
        if rule.get("property") == name:
            value = rule.get("value")
            if rule.get("operator") == "=" and isinstance(value, str):
                return [value]
            if rule.get("operator") == "in" and isinstance(value, list):
                return [one for one in value if isinstance(one, str)]
    return None
