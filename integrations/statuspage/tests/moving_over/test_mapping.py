"""What moving over makes of a stored mapping: what the user wrote stays, the rest is ours."""

from typing import Any

import pytest

from moving_over.mapping import OURS, PUBLIC, merge
from tests.port_resources.shipped import KINDS

from .public import public_mapping

type Json = dict[str, Any]


def mappings(config: Json, kind: str) -> Json:
    """The mappings of a kind's first block."""
    [first, *_] = [block for block in config["resources"] if block["kind"] == kind]
    found: Json = first["port"]["entity"]["mappings"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_never_changed_becomes_ours_and_more_stays(kind: str) -> None:
    merged = mappings(merge(public_mapping()).result, kind)
    ours = mappings(OURS, kind)

    assert merged["properties"].items() >= ours["properties"].items()
    assert merged["relations"].items() >= ours.get("relations", {}).items()
    assert merged["title"] == ours["title"]
    assert set(merged["properties"]) - set(ours["properties"]) <= {"pageId"}


def test_a_second_time_changes_nothing() -> None:
    merged = merge(public_mapping())

    assert merged.changes
    assert merge(merged.result).changes == []


def test_what_the_user_wrote_stays_and_is_told() -> None:
    stored = public_mapping()
    mappings(stored, "incident")["properties"]["startedAt"] = ".created_at"
    mappings(stored, "incident")["title"] = '"Incident " + .name'
    mappings(stored, "incident")["properties"]["severity"] = ".metadata.severity"

    merged = merge(stored)

    after = mappings(merged.result, "incident")
    assert after["properties"]["startedAt"] == ".created_at"
    assert after["properties"]["severity"] == ".metadata.severity"
    assert after["title"] == '"Incident " + .name'
    assert "incident: startedAt: your expression stays" in merged.kept


def test_white_space_makes_no_expression_the_user_s() -> None:
    stored = public_mapping()
    mappings(stored, "incident_update")["title"] = " .body  "

    merged = merge(stored)

    title = mappings(OURS, "incident_update")["title"]
    assert mappings(merged.result, "incident_update")["title"] == title


def test_what_the_user_took_away_stays_away() -> None:
    stored = public_mapping()
    del mappings(stored, "incident")["properties"]["metadata"]
    stored["resources"] = [one for one in stored["resources"] if one["kind"] != "incident_update"]

    merged = merge(stored)

    assert "metadata" not in mappings(merged.result, "incident")["properties"]
    assert "incident_update" not in [one["kind"] for one in merged.result["resources"]]
    assert "incident: metadata stays away, as in your mapping" in merged.kept


def test_a_kind_that_goes_into_a_blueprint_of_the_user_s_is_left_alone() -> None:
    stored = public_mapping()
    own = mappings(stored, "component")
    own["blueprint"] = '"service"'
    before = {**own, "properties": dict(own["properties"])}

    merged = merge(stored)

    assert mappings(merged.result, "component") == before


def test_each_block_of_a_kind_gets_what_is_new() -> None:
    stored = public_mapping()
    stored["resources"] += public_mapping()["resources"]

    merged = merge(stored).result

    blocks = [one for one in merged["resources"] if one["kind"] == "incident"]
    found = [one["port"]["entity"]["mappings"]["properties"]["latestUpdate"] for one in blocks]
    assert found == [mappings(OURS, "incident")["properties"]["latestUpdate"]] * 2


@pytest.mark.parametrize("stored", [None, {}, {"resources": []}, {"resources": None}])
def test_where_there_is_no_mapping_ours_comes(stored: Json | None) -> None:
    assert merge(stored).result == OURS


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "incident"},
        {"kind": "incident", "port": None},
        {"kind": "incident", "port": {"entity": {"mappings": [{"identifier": ".id"}]}}},
        {"kind": "incident", "port": {"entity": {"mappings": {"blueprint": None}}}},
        {"kind": "someones_own", "selector": {"query": "true"}},
    ],
)
def test_a_block_that_is_not_like_ours_is_left_as_it_is(odd: Json) -> None:
    merged = merge({"resources": [odd]})

    assert merged.result["resources"] == [odd]


def test_the_public_mapping_has_every_kind() -> None:
    assert set(PUBLIC) == set(KINDS)
