"""The mapping fits the blueprints, and always gives the same for the same object."""

import re
from collections.abc import Iterator

import pytest
from port_ocean.core.handlers.port_app_config.models import PortAppConfig

from .shipped import KINDS, blueprint_of, blueprints, mapping_config, mappings, resources


def _expressions() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield f"{kind} query", resources()[kind]["selector"]["query"]
        for key, value in mappings(kind).items():
            if isinstance(value, dict):
                yield from ((f"{kind} {key}.{name}", part) for name, part in value.items())
            else:
                yield f"{kind} {key}", value


# What people tell the catalog, no resync writes over.
WRITTEN_IN_PORT = {"triage"}

EXPRESSIONS = list(_expressions())


def test_ocean_accepts_the_mapping() -> None:
    config = PortAppConfig.parse_obj(mapping_config())

    assert [resource.kind for resource in config.resources] == list(KINDS)


def test_dependents_are_deleted_and_missing_relations_created_and_entities_merged() -> None:
    config = mapping_config()

    assert config["deleteDependentEntities"] is True
    assert config["createMissingRelatedEntities"] is True
    assert config["enableMergeEntity"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_every_mapped_property_is_in_the_blueprint_and_the_other_way_round(kind: str) -> None:
    shown = set(blueprint_of(kind)["schema"]["properties"])

    assert set(mappings(kind)["properties"]) == shown - WRITTEN_IN_PORT


@pytest.mark.parametrize("kind", KINDS)
def test_every_mapped_relation_is_in_the_blueprint_and_the_other_way_round(kind: str) -> None:
    assert set(mappings(kind).get("relations", {})) == set(blueprint_of(kind)["relations"])


def test_every_blueprint_is_filled_by_one_kind() -> None:
    assert [blueprint_of(kind)["identifier"] for kind in KINDS] == list(blueprints())


@pytest.mark.parametrize(("place", "expression"), EXPRESSIONS)
def test_no_expression_depends_on_when_or_where_it_runs(place: str, expression: str) -> None:
    impure = r"\b(now|localtime|mktime|input|inputs|env|input_filename)\b|\$ENV|\$__loc__"

    assert not re.search(impure, expression), place


@pytest.mark.parametrize(("place", "expression"), EXPRESSIONS)
def test_no_expression_has_a_single_quote_that_ocean_would_rewrite(
    place: str, expression: str
) -> None:
    assert "'" not in expression, place


def test_incident_and_update_ask_for_the_same_scopes() -> None:
    """Then one reading of the incidents serves both kinds."""
    scopes = [resources()[kind]["selector"]["scopes"] for kind in ("incident", "incident_update")]

    assert scopes == [["all"], ["all"]]
