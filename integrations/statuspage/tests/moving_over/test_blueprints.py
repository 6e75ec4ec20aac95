"""What moving over makes of a blueprint: it adds, takes nothing away, and asks Port for nothing
that Port refuses."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moving_over.blueprints import merge, says
from tests.port_resources.shipped import blueprints

from .public import public_blueprints

type Json = dict[str, Any]

OURS = list(blueprints().values())
INCIDENT = blueprints()["statuspageIncident"]
SECTIONS = ("relations", "mirrorProperties", "calculationProperties", "aggregationProperties")


@st.composite
def reduced(draw: st.DrawFn) -> tuple[Json, Json]:
    """One of ours, and the same with some members and some values of lists left out."""
    ours = draw(st.sampled_from(OURS))
    there = copy.deepcopy(ours)
    members = [there["schema"]["properties"], *(there[section] for section in SECTIONS)]
    for section in members:
        for name in draw(st.sets(st.sampled_from(sorted(section)))) if section else ():
            del section[name]
    for one in there["schema"]["properties"].values():
        if "enum" in one:
            one["enum"] = draw(st.lists(st.sampled_from(one["enum"]), min_size=1, unique=True))
    return ours, there


@given(reduced())
def test_what_is_missing_is_added_and_a_second_time_nothing(pair: tuple[Json, Json]) -> None:
    ours, there = pair

    merged = merge(there, ours).result

    for name, wanted in ours["schema"]["properties"].items():
        found = merged["schema"]["properties"][name]
        assert set(found.get("enum", [])) == set(wanted.get("enum", []))
    assert [section for section in SECTIONS if set(merged[section]) != set(ours[section])] == []
    assert merge(merged, ours).changes == []


@pytest.mark.parametrize("replace", [False, True])
@given(pair=reduced())
def test_nothing_is_taken_away(pair: tuple[Json, Json], *, replace: bool) -> None:
    ours, there = pair
    there["schema"]["properties"]["team"] = {"type": "string", "title": "Team"}
    there["relations"]["service"] = {"target": "service", "many": False}

    merged = merge(there, ours, replace=replace).result

    assert set(there["schema"]["properties"]) <= set(merged["schema"]["properties"])
    assert [one for one in SECTIONS if not set(there[one]) <= set(merged[one])] == []


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("there", public_blueprints(), ids=lambda one: str(one["identifier"]))
def test_a_second_time_leaves_the_public_blueprints_alone(there: Json, *, replace: bool) -> None:
    ours = blueprints()[there["identifier"]]
    merged = merge(there, ours, replace=replace)

    assert merged.changes
    assert merge(merged.result, ours, replace=replace).changes == []


def of_incident(**properties: Json) -> Json:
    return {"identifier": "statuspageIncident", "schema": {"properties": properties}}


def test_values_and_colors_of_the_user_stay_beside_the_new_ones() -> None:
    there = {"type": "string", "enum": ["none", "cosmetic"], "enumColors": {"none": "lime"}}

    merged = merge(of_incident(impact=there), INCIDENT).result["schema"]["properties"]["impact"]

    assert merged["enum"] == ["none", "cosmetic", "maintenance", "minor", "major", "critical"]
    assert merged["enumColors"]["none"] == "lime"
    assert "maintenance" in merged["enumColors"]


def test_a_property_that_takes_every_text_goes_on_taking_it() -> None:
    merged = merge(of_incident(impact={"type": "string"}), INCIDENT)

    assert "enum" not in merged.result["schema"]["properties"]["impact"]


@pytest.mark.parametrize("replace", [False, True])
def test_no_property_gets_another_type_or_format(*, replace: bool) -> None:
    there = {"updateCount": {"type": "string"}, "resolvedAt": {"type": "string"}}

    merged = merge(of_incident(**there), INCIDENT, replace=replace)

    properties = merged.result["schema"]["properties"]
    assert {name: properties[name] for name in there} == there
    assert any("updateCount" in line for line in merged.kept)


def test_a_name_that_the_user_gave_to_something_else_is_left_to_it() -> None:
    own = {"type": "number", "title": "Minutes that we lost"}

    merged = merge(of_incident(durationMinutes=own), INCIDENT)

    assert merged.result["schema"]["properties"]["durationMinutes"] == own
    assert "durationMinutes" not in merged.result["calculationProperties"]
    assert "durationMinutes: yours is something else, and stays" in merged.kept


def test_what_port_adds_to_a_definition_is_no_difference() -> None:
    assert says({"title": "A", "createdAt": "2026-01-01"}, {"title": "A"})
    assert not says({"title": "B", "createdAt": "2026-01-01"}, {"title": "A"})
