"""Each operator of the search."""

from collections.abc import Iterable
from typing import Any

import pytest

from port_sandbox.core.entities import Key
from port_sandbox.core.search import Direction, compile_query
from tests.api_client import NOON


class Held:
    """An entity with one property, x."""

    key = ("service", "held")

    def __init__(self, value: Any) -> None:
        self._value = value
        self.walks = 0

    def value(self, name: str) -> Any:
        return self._value if name == "x" else None

    def reached(self, keys: Iterable[Key], direction: Direction) -> set[Key]:
        self.walks += 1
        return {self.key} if direction == "down" else set()


@pytest.mark.parametrize(
    ("held", "operator", "value", "matches"),
    [
        (1, "=", 1, True),
        (1, "=", 1.0, True),
        (1, "=", True, False),
        (None, "=", None, True),
        ("a", "!=", "b", True),
        ("2026-11-21T12:00:00Z", "=", "2026-11-21T13:00:00+01:00", True),
        (2, ">", 1, True),
        (2, "<", 1, False),
        (2, ">=", 2, True),
        ("x", "<=", 2, False),
        ("2026-11-21T12:00:00Z", "<", "2026-11-22", True),
        ("abc", "contains", "b", True),
        (["a", "b"], "contains", "b", True),
        (None, "contains", "b", False),
        (None, "doesNotContains", "b", True),
        ("abc", "beginsWith", "a", True),
        ("abc", "doesNotBeginsWith", "a", False),
        ("abc", "endsWith", "c", True),
        ("abc", "doesNotEndsWith", "c", False),
        ("a", "in", ["a", "b"], True),
        ("c", "notIn", ["a", "b"], True),
        ("c", "in", [], False),
        (["a", "c"], "containsAny", ["c", "d"], True),
        (["a"], "containsAny", ["c", "d"], False),
        ("2026-11-20T12:00:00Z", "between", {"preset": "lastWeek"}, True),
        ("2026-11-20T12:00:00Z", "between", {"preset": "yesterday"}, True),
        ("2026-11-20T12:00:00Z", "between", {"preset": "today"}, False),
        ("2026-01-20T12:00:00Z", "notBetween", {"preset": "lastMonth"}, True),
        (None, "notBetween", {"preset": "lastMonth"}, False),
        ("2026-01-02", "between", {"from": "2026-01-01", "to": "2026-01-03"}, True),
        ("", "isEmpty", None, True),
        ([], "isNotEmpty", None, False),
        (0, "isNotEmpty", None, True),
        ("2026-11-21T11:00:00Z", "isExpired", None, True),
        ("2026-11-21T13:00:00Z", "isNotExpired", None, True),
    ],
)
def test_operators(held: Any, operator: str, value: Any, *, matches: bool) -> None:
    rule = {"property": "x", "operator": operator, "value": value}
    query = {"combinator": "and", "rules": [rule]}
    assert compile_query(query, NOON)(Held(held)) is matches


def test_groups_nest() -> None:
    def equals(value: int) -> dict[str, Any]:
        return {"property": "x", "operator": "=", "value": value}

    either = {"combinator": "or", "rules": [equals(1), equals(2)]}
    both = {"combinator": "and", "rules": [either, equals(2)]}
    assert [compile_query(both, NOON)(Held(value)) for value in (1, 2, 3)] == [False, True, False]


def test_an_empty_and_matches_everything_and_an_empty_or_nothing() -> None:
    assert compile_query({"combinator": "and", "rules": []}, NOON)(Held(1))
    assert not compile_query({"combinator": "or", "rules": []}, NOON)(Held(1))


@pytest.mark.parametrize(
    ("direction", "matches"), [("downstream", True), ("upstream", False), (None, True)]
)
def test_the_way_to_what_a_rule_names_is_walked_once_for_all_entities(
    direction: str | None, *, matches: bool
) -> None:
    rule = {"operator": "relatedTo", "blueprint": "page", "value": ["a"], "direction": direction}
    asked = compile_query({"combinator": "and", "rules": [rule]}, NOON)
    first, second = Held(1), Held(2)

    assert [asked(first), asked(second)] == [matches, matches]
    assert second.walks == 0
