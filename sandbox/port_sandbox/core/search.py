"""Search rules, compiled once and asked of many entities.

https://docs.port.io/search-and-query/
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal, Protocol

from port_sandbox.core import timestamps
from port_sandbox.core.entities import Key
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid

type Direction = Literal["up", "down"]


class Subject(Protocol):
    """An entity, as far as a rule asks about it."""

    @property
    def key(self) -> Key:
        """Return who it is."""

    def value(self, name: str) -> Any:
        """Return a property, a relation or a `$name`."""

    def reached(self, keys: Iterable[Key], direction: Direction) -> set[Key]:
        """Return what stands above or below some entities, however far away."""


type Rule = Callable[[Subject], bool]
type Test = Callable[[Any], bool]

COMBINATORS: dict[str, Callable[[Iterable[bool]], bool]] = {"and": all, "or": any}
GROUP_KEYS = {"combinator", "rules", "conditions"}


def compile_query(query: object, now: datetime) -> Rule:
    """Return the question that a query asks; an empty `or` matches nothing, as in Port."""
    if not isinstance(query, dict) or query.get("combinator") not in COMBINATORS:
        raise Invalid('"combinator" must be equal to one of the allowed values: and, or')
    if unknown := set(query) - GROUP_KEYS:
        raise Invalid(f'must NOT have additional properties: "{min(unknown)}"')
    rules = query.get("rules", query.get("conditions"))
    if not isinstance(rules, list):
        raise Invalid('"rules" must be array')
    combine = COMBINATORS[query["combinator"]]
    compiled = [_part(rule, now) for rule in rules]
    return lambda subject: combine(rule(subject) for rule in compiled)


def _part(rule: object, now: datetime) -> Rule:
    if not isinstance(rule, dict):
        raise Invalid("a rule must be object")
    if "combinator" in rule:
        return compile_query(rule, now)
    operator = rule.get("operator")
    if operator == "relatedTo":
        return _related_to(rule)
    name = rule.get("property", rule.get("relation"))
    if not isinstance(name, str):
        raise Invalid('a rule must have required property "property"')
    test = _test(operator, rule.get("value"), now)
    return lambda subject: test(subject.value(name))


def _related_to(rule: Document) -> Rule:
    blueprint, value = rule.get("blueprint"), rule.get("value")
    identifiers = [value] if isinstance(value, str) else value
    if not isinstance(blueprint, str) or not isinstance(identifiers, list):
        raise Invalid('"relatedTo" must have "blueprint" and "value"')
    # Downstream of A is what depends on A; upstream is what A depends on.
    ways: dict[Any, tuple[Direction, ...]] = {
        "downstream": ("down",),
        "upstream": ("up",),
        None: ("up", "down"),
    }
    directions = ways.get(rule.get("direction"), ())
    ends = [(blueprint, one) for one in identifiers]
    # The walk begins at the few that are named, and goes once for all that are asked.
    reached: dict[Direction, set[Key]] = {}

    def is_related(subject: Subject) -> bool:
        for direction in directions:
            if direction not in reached:
                reached[direction] = subject.reached(ends, direction)
            if subject.key in reached[direction]:
                return True
        return False

    return is_related


def _test(operator: object, value: Any, now: datetime) -> Test:
    if operator in ABOUT_ITSELF:
        return ABOUT_ITSELF[str(operator)](now)
    if operator in {"between", "notBetween"}:
        first, last = timestamps.range_of(value, now)
        wanted = operator == "between"
        return lambda held: (
            (moment := timestamps.parsed(held)) is not None and (first <= moment <= last) is wanted
        )
    if operator in {"in", "notIn", "containsAny"} and not isinstance(value, list):
        raise Invalid(f'"value" of "{operator}" must be array')
    compare = WITH_VALUE.get(operator) if isinstance(operator, str) else None
    if compare is None:
        raise Invalid(f'"{operator}" is not an operator')
    return lambda held: compare(held, value)


def compares(operator: object, held: Any, value: Any) -> bool:
    """Tell whether one value stands to another as an operator says."""
    compare = WITH_VALUE.get(str(operator))
    return compare is not None and compare(held, value)


def _equal(held: Any, value: Any) -> bool:
    # true is not 1, as it is for Python
    return (type(held) is type(value) and held == value) or _same_number_or_moment(held, value)


def _same_number_or_moment(held: Any, value: Any) -> bool:
    pair = _comparable(held, value)
    return pair is not None and pair[0] == pair[1]


def _comparable(held: Any, value: Any) -> tuple[Any, Any] | None:
    """Return two numbers or two moments, or nothing where they cannot be compared."""
    if _is_number(held) and _is_number(value):
        return held, value
    first, second = timestamps.parsed(held), timestamps.parsed(value)
    return (first, second) if first and second else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ordered(decide: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(held: Any, value: Any) -> bool:
        pair = _comparable(held, value)
        return pair is not None and decide(*pair)

    return compare


def _contains(held: Any, value: Any) -> bool:
    if isinstance(held, str):
        return isinstance(value, str) and value in held
    return isinstance(held, list) and any(_equal(one, value) for one in held)


def _one_of(held: Any, values: list[Any]) -> bool:
    return any(_equal(held, value) for value in values)


def _starts(held: Any, value: Any) -> bool:
    return isinstance(held, str) and isinstance(value, str) and held.startswith(value)


def _ends(held: Any, value: Any) -> bool:
    return isinstance(held, str) and isinstance(value, str) and held.endswith(value)


def _not(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda held, value: not test(held, value)


def _empty(held: Any) -> bool:
    return held is None or held in ("", [], {})


def _expired(held: Any, now: datetime) -> bool:
    moment = timestamps.parsed(held)
    return moment is not None and moment < now


WITH_VALUE: dict[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "!=": _not(_equal),
    ">": _ordered(lambda held, value: held > value),
    ">=": _ordered(lambda held, value: held >= value),
    "<": _ordered(lambda held, value: held < value),
    "<=": _ordered(lambda held, value: held <= value),
    "contains": _contains,
    "doesNotContains": _not(_contains),
    "beginsWith": _starts,
    "doesNotBeginsWith": _not(_starts),
    "endsWith": _ends,
    "doesNotEndsWith": _not(_ends),
    "in": _one_of,
    "notIn": _not(_one_of),
    "containsAny": lambda held, values: (
        isinstance(held, list) and any(_one_of(one, values) for one in held)
    ),
}
ABOUT_ITSELF: dict[object, Callable[[datetime], Test]] = {
    "isEmpty": lambda _: _empty,
    "isNotEmpty": lambda _: lambda held: not _empty(held),
    "isExpired": lambda now: lambda held: _expired(held, now),
    "isNotExpired": lambda now: lambda held: not _expired(held, now),
}
