"""Mappings that users have stored, often with changes of theirs, still fit the blueprints.

stored_mappings.json lists what the mapping of the public integration fills.
"""

import json
from pathlib import Path

import pytest

from .shipped import KINDS, Json, blueprint_of, blueprints

STORED: dict[str, Json] = json.loads((Path(__file__).parent / "stored_mappings.json").read_text())


def test_kinds_still_fill_the_same_blueprints() -> None:
    assert [blueprint_of(kind)["identifier"] for kind in KINDS] == list(STORED)


@pytest.mark.parametrize("blueprint", STORED)
def test_a_stored_mapping_finds_its_properties(blueprint: str) -> None:
    assert set(STORED[blueprint]["properties"]) <= set(
        blueprints()[blueprint]["schema"]["properties"]
    )


@pytest.mark.parametrize("blueprint", STORED)
def test_a_stored_mapping_finds_its_relations_to_one_or_many(blueprint: str) -> None:
    stored = STORED[blueprint]["relations"]
    relations = blueprints()[blueprint]["relations"]

    assert {name: "many" if relations[name]["many"] else "one" for name in stored} == stored
