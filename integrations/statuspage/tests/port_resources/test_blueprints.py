"""The blueprints keep Port's rules."""

import re
from collections.abc import Iterator

import pytest

from .catalog import COLORS, QUERY_OPERATORS, mirrored, property_schema, wrong_values
from .shipped import Json, blueprints

SECTIONS = ("mirrorProperties", "calculationProperties", "aggregationProperties", "relations")
NOT_OPERATIONAL = {"under_maintenance", "degraded_performance", "partial_outage", "major_outage"}


def _aggregations() -> Iterator[tuple[str, str, Json]]:
    for identifier, blueprint in blueprints().items():
        for name, aggregation in blueprint["aggregationProperties"].items():
            yield identifier, name, aggregation


AGGREGATIONS = list(_aggregations())


def _counted(blueprint: str, name: str) -> set[str]:
    aggregation = blueprints()[blueprint]["aggregationProperties"][name]
    return next(
        set(rule["value"]) for rule in aggregation["query"]["rules"] if rule["property"] == "status"
    )


@pytest.mark.parametrize("identifier", blueprints())
def test_texts_are_as_short_as_port_wants_them(identifier: str) -> None:
    blueprint = blueprints()[identifier]
    parts = [blueprint, *blueprint["schema"]["properties"].values()]
    for section in SECTIONS:
        parts += blueprint[section].values()

    assert all(1 <= len(part["title"]) <= 100 for part in parts)
    assert all(len(part.get("description", "")) <= 200 for part in parts)


@pytest.mark.parametrize("identifier", blueprints())
def test_every_property_is_described(identifier: str) -> None:
    blueprint = blueprints()[identifier]
    computed = blueprint["calculationProperties"] | blueprint["aggregationProperties"]
    described = blueprint["schema"]["properties"] | computed | blueprint["relations"]

    assert [name for name, part in described.items() if not part.get("description")] == []


@pytest.mark.parametrize("identifier", blueprints())
def test_no_key_names_two_things(identifier: str) -> None:
    blueprint = blueprints()[identifier]
    names = [*blueprint["schema"]["properties"]]
    for section in SECTIONS:
        names += blueprint[section]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z0-9@_=\\-]{1,100}", name) for name in names)


@pytest.mark.parametrize("identifier", blueprints())
def test_no_property_is_required(identifier: str) -> None:
    """Port makes bare entities for relations, and the API leaves out what it likes."""
    assert blueprints()[identifier]["schema"]["required"] == []


@pytest.mark.parametrize("identifier", blueprints())
def test_relations_lead_to_shipped_blueprints(identifier: str) -> None:
    relations = blueprints()[identifier]["relations"].values()

    assert {relation["target"] for relation in relations} <= set(blueprints())
    assert not [relation for relation in relations if relation["many"] and relation["required"]]


@pytest.mark.parametrize("identifier", blueprints())
def test_mirrors_show_something_that_exists(identifier: str) -> None:
    for mirror in blueprints()[identifier]["mirrorProperties"].values():
        assert mirrored(identifier, mirror["path"])


@pytest.mark.parametrize(("identifier", "name", "aggregation"), AGGREGATIONS)
def test_aggregation_counts_along_a_relation_that_leads_here(
    identifier: str, name: str, aggregation: Json
) -> None:
    (walk,) = aggregation["pathFilter"]
    (relation,) = walk["path"]
    target = aggregation["target"]

    assert walk["fromBlueprint"] == target, name
    assert blueprints()[target]["relations"][relation]["target"] == identifier, name


@pytest.mark.parametrize(("identifier", "name", "aggregation"), AGGREGATIONS)
def test_aggregation_asks_for_values_that_its_target_can_have(
    identifier: str, name: str, aggregation: Json
) -> None:
    for rule in aggregation.get("query", {}).get("rules", []):
        schema = property_schema(aggregation["target"], rule["property"])

        assert rule["operator"] in QUERY_OPERATORS, f"{identifier}.{name}"
        assert rule["operator"] == "between" or not wrong_values(schema, rule["value"]), name


@pytest.mark.parametrize("blueprint", ["statuspage", "statuspageComponent"])
def test_open_incidents_are_neither_over_nor_maintenances(blueprint: str) -> None:
    assert _counted(blueprint, "openIncidents") == {"investigating", "identified", "monitoring"}


def test_open_maintenances_are_ahead_or_under_way() -> None:
    counted = _counted("statuspage", "openMaintenances")

    assert counted == {"scheduled", "in_progress", "verifying"}


def test_critical_open_issues_are_components_in_outage() -> None:
    assert _counted("statuspage", "criticalOpenIssues") == {"partial_outage", "major_outage"}


@pytest.mark.parametrize("blueprint", ["statuspage", "statuspageComponentGroup"])
def test_a_component_that_is_not_operational_has_any_other_status(blueprint: str) -> None:
    assert _counted(blueprint, "nonOperationalComponents") == NOT_OPERATIONAL


def test_calculations_take_their_colours_from_port() -> None:
    for blueprint in blueprints().values():
        for calculation in blueprint["calculationProperties"].values():
            assert set(calculation.get("colors", {}).values()) <= COLORS
