"""What of a finding is handed to Ocean, block by block of the mapping."""

import copy
from typing import Any

import pytest

from integration import StatuspagePortAppConfig
from kinds import ObjectKind
from publishing.found import Found
from publishing.publish import raw_results
from tests.port_resources.shipped import mapping_config

PAGE = {"id": "page1", "name": "Read some minutes ago", "__status": {"indicator": "minor"}}
INCIDENT = {"id": "inc1", "page_id": "page1", "status": "resolved"}


def handed(found: Found, **changes: Any) -> dict[str, Any]:
    """Return what is handed to Ocean, by kind."""
    config = StatuspagePortAppConfig(**mapping_config() | changes)
    return {results.resource.kind: results for results in raw_results(config, found)}


def found(*objects: tuple[ObjectKind, dict[str, Any]]) -> Found:
    return Found(PAGE, {(kind, raw["id"]): raw for kind, raw in objects})


def test_of_a_page_the_mapping_is_reduced_to_what_follows_from_its_status() -> None:
    mapping = handed(found((ObjectKind.PAGE, PAGE)))["statuspage"].resource.port.entity.mappings

    assert set(mapping.properties) == {"status_indicator", "status_description"}
    # What is set to nothing is sent, and would blank what is in Port.
    assert mapping.__fields_set__ == {"identifier", "blueprint", "properties"}


def test_where_an_upsert_does_not_merge_the_page_is_left_to_the_resync() -> None:
    told = found((ObjectKind.PAGE, PAGE), (ObjectKind.INCIDENT, INCIDENT))

    assert set(handed(told, enableMergeEntity=False)) == {"incident"}


@pytest.mark.parametrize(("scope", "updated"), [("all", 1), ("unresolved", 0)])
def test_an_incident_that_the_selector_leaves_out_is_taken_away(scope: str, updated: int) -> None:
    config = copy.deepcopy(mapping_config())
    for block in config["resources"]:
        if block["kind"] == "incident":
            block["selector"]["scopes"] = [scope]
    told = found((ObjectKind.INCIDENT, INCIDENT))

    results = handed(told, resources=config["resources"])["incident"]

    assert len(results.updated_raw_results) == updated
    assert len(results.deleted_raw_results) == 1 - updated


def test_a_page_that_was_read_as_a_whole_is_written_as_a_whole() -> None:
    told = Found(PAGE, {(ObjectKind.PAGE, "page1"): PAGE}, whole_page=True)

    mapping = handed(told, enableMergeEntity=False)["statuspage"].resource.port.entity.mappings

    assert mapping.title is not None
    assert "subdomain" in mapping.properties


def test_where_the_selector_leaves_the_status_out_it_is_not_handed_over() -> None:
    config = copy.deepcopy(mapping_config())
    for block in config["resources"]:
        if block["kind"] == "component_group":
            block["selector"]["currentStatus"] = False
    group = {"id": "group1", "name": "Renamed", "__status": "major_outage"}
    told = found((ObjectKind.COMPONENT_GROUP, group))

    results = handed(told, resources=config["resources"])["component_group"]

    assert results.updated_raw_results == [{"id": "group1", "name": "Renamed"}]


def test_a_group_that_is_gone_is_taken_away() -> None:
    told = Found(PAGE, {(ObjectKind.COMPONENT_GROUP, "group1"): None})

    [gone] = handed(told)["component_group"].deleted_raw_results

    assert gone["id"] == "group1"
