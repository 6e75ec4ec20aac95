"""Where a mapping keeps what of an object, and how Port is asked for it."""

from typing import Any

import pytest
from port_ocean.core.handlers.port_app_config.models import EntityMapping, ResourceConfig
from port_ocean.core.models import Entity

from integration import StatuspagePortAppConfig
from port_search import blueprint_of, one_of, place_of, value_at
from tests.port_resources.shipped import mappings


def mapping(**changes: Any) -> EntityMapping:
    """Return a mapping of incidents that keeps what it should, but for some changes."""
    usual = {
        "identifier": ".id",
        "blueprint": '"statuspageIncident"',
        "properties": {"status": ".status"},
        "relations": {"statuspage": ".page_id"},
    }
    return EntityMapping(**{**usual, **changes})


def block(blueprint: str) -> ResourceConfig:
    """Return a block of a mapping with a blueprint."""
    entity = {"mappings": {"identifier": ".id", "blueprint": blueprint}}
    raw = {"kind": "incident", "selector": {"query": "true"}, "port": {"entity": entity}}
    (made,) = StatuspagePortAppConfig(resources=[raw]).resources
    return made


@pytest.mark.parametrize(
    ("kind", "expression", "place"),
    [
        ("incident", ".id", "$identifier"),
        ("incident", ".page_id", "relations.statuspage"),
        ("incident", ".status", "properties.status"),
        ("incident_update", ".incident_id", "relations.incident"),
        ("component", ".page_id", "relations.statuspage"),
    ],
)
def test_the_shipped_mappings_keep_what_is_asked_for(
    kind: str, expression: str, place: str
) -> None:
    assert place_of(EntityMapping(**mappings(kind)), expression) == place


def test_own_names_and_places_are_found() -> None:
    own = mapping(
        identifier='.page_id + "-" + .id',
        properties={"code": " .id ", "phase": '.status | if IN("a") then . else null end'},
        relations={"home": ".page_id"},
    )

    assert [place_of(own, one) for one in (".id", ".status", ".page_id", ".name")] == [
        "properties.code",
        "properties.phase",
        "relations.home",
        None,
    ]


def test_the_identifier_comes_before_relations_and_these_before_properties() -> None:
    assert place_of(mapping(properties={"id": ".id"}), ".id") == "$identifier"
    assert place_of(mapping(properties={"page": ".page_id"}), ".page_id") == "relations.statuspage"


def test_a_value_that_is_changed_is_not_kept() -> None:
    assert place_of(mapping(properties={"status": ".status | ascii_upcase"}), ".status") is None


def test_a_relation_that_is_a_search_is_passed_over() -> None:
    search = {"combinator": "and", "rules": [{"property": "a", "operator": "=", "value": ".id"}]}
    relations = {"team": search, "page": ".page_id"}

    assert place_of(mapping(relations=relations), ".page_id") == "relations.page"


@pytest.mark.parametrize(
    ("jq", "text"),
    [
        ('"outage"', "outage"),
        ("'outage'", "outage"),
        (' "outage" ', "outage"),
        ('"two words"', "two words"),
        (".blueprint", None),
        ("outage", None),
        ('""', None),
        ('"a', None),
        ("\"a'", None),
        ('"a" + "b"', None),
        ('"a\\(.id)"', None),
    ],
)
def test_only_a_text_is_a_blueprint_that_is_always_the_same(jq: str, text: str | None) -> None:
    assert blueprint_of(block(jq)) == text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("$identifier", "inc1"),
        ("properties.status", "monitoring"),
        ("properties.lacking", None),
        ("properties.number", None),
        ("relations.statuspage", "page1"),
        ("relations.many", None),
    ],
)
def test_a_value_is_read_where_the_place_says(place: str, value: str | None) -> None:
    found = Entity(
        identifier="inc1",
        blueprint="statuspageIncident",
        properties={"status": "monitoring", "number": 3},
        relations={"statuspage": "page1", "many": ["page1"]},
    )

    assert value_at(found, place) == value


def test_a_relation_is_looked_up_at_its_targets_and_anything_else_is_compared() -> None:
    assert one_of("relations.page", ["a"], ["pages", None]) == {
        "combinator": "or",
        "rules": [{"operator": "relatedTo", "blueprint": "pages", "value": ["a"]}],
    }
    assert one_of("properties.page", ["a", "b"], []) == {
        "combinator": "or",
        "rules": [
            {"property": "page", "operator": "=", "value": "a"},
            {"property": "page", "operator": "=", "value": "b"},
        ],
    }
