"""The scorecards keep Port's rules, and ask for what the blueprints have."""

from collections.abc import Iterator

import pytest

from .catalog import COLORS, CONDITION_OPERATORS, WITHOUT_VALUE, property_schema, wrong_values
from .shipped import Json, blueprints, scorecards

CARDS = [pytest.param(blueprint, card, id=card["identifier"]) for blueprint, card in scorecards()]


def _conditions(card: Json) -> Iterator[Json]:
    queries = [rule["query"] for rule in card["rules"]]
    if "filter" in card:
        queries.append(card["filter"])
    for query in queries:
        assert query["combinator"] in {"and", "or"}
        yield from query["conditions"]


@pytest.mark.parametrize(("blueprint", "card"), CARDS)
def test_rules_sit_on_every_level_but_the_first(blueprint: str, card: Json) -> None:
    _, *above = [level["title"] for level in card["levels"]]

    assert {rule["level"] for rule in card["rules"]} == set(above)


@pytest.mark.parametrize(("blueprint", "card"), CARDS)
def test_levels_have_colours_of_ports(blueprint: str, card: Json) -> None:
    assert {level["color"] for level in card["levels"]} <= COLORS


@pytest.mark.parametrize(("blueprint", "card"), CARDS)
def test_rules_have_identifiers_of_their_own_and_a_description(blueprint: str, card: Json) -> None:
    identifiers = [rule["identifier"] for rule in card["rules"]]

    assert len(identifiers) == len(set(identifiers))
    assert all(rule["title"] and rule["description"] for rule in card["rules"])


@pytest.mark.parametrize(("blueprint", "card"), CARDS)
def test_conditions_are_flat_and_use_what_a_scorecard_knows(blueprint: str, card: Json) -> None:
    for condition in _conditions(card):
        subject = {"property", "relation"} & set(condition)
        value = set() if condition["operator"] in WITHOUT_VALUE else {"value"}

        assert len(subject) == 1
        assert condition["operator"] in CONDITION_OPERATORS
        assert set(condition) == subject | {"operator"} | value


@pytest.mark.parametrize(("blueprint", "card"), CARDS)
def test_conditions_ask_for_what_the_blueprint_has(blueprint: str, card: Json) -> None:
    for condition in _conditions(card):
        if "relation" in condition:
            assert condition["relation"] in blueprints()[blueprint]["relations"]
        else:
            schema = property_schema(blueprint, condition["property"])
            assert not wrong_values(schema, condition.get("value", []))
