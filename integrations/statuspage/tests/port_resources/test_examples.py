"""The examples show what the API sends, and map to entities that Port takes."""

import json
import re
from pathlib import Path

import pytest

from .catalog import faults
from .shipped import KINDS, Json, blueprint_of, examples, map_one

DOCUMENT = Path(__file__).parent / "document"
ADDED = {
    "statuspage": {"__status"},
    "component_group": {"__status"},
    "component": set(),
    "incident": set(),
    "incident_update": {"__incident"},
}
EXAMPLES = [(kind, name) for kind in KINDS for name in examples(kind)]


def _identifiers(kind: str) -> set[str]:
    return {raw["id"] for raw in examples(kind).values()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_example(kind: str) -> None:
    assert examples(kind)


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_example_maps_to_an_entity_that_port_takes(kind: str, name: str) -> None:
    assert faults(map_one(kind, examples(kind)[name])) == []


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_example_has_every_key_that_the_api_sends(kind: str, name: str) -> None:
    documented: Json = json.loads((DOCUMENT / kind / "payload.json").read_text())

    assert set(documented) | ADDED[kind] <= set(examples(kind)[name])


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_example_marks_what_the_integration_added(kind: str, name: str) -> None:
    added = {key for key in examples(kind)[name] if key.startswith("__")}

    assert added == ADDED[kind]


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_example_maps_to_the_same_entity_each_time(kind: str, name: str) -> None:
    raw = examples(kind)[name]

    assert json.dumps(map_one(kind, raw)) == json.dumps(map_one(kind, raw))


def test_examples_have_identifiers_like_the_vendors() -> None:
    identifiers = set[str]().union(*map(_identifiers, KINDS))

    assert [bad for bad in identifiers if not re.fullmatch(r"[a-z0-9]{12}", bad)] == []


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_example_relates_to_examples_through_every_relation(kind: str, name: str) -> None:
    target_kinds = {blueprint_of(other)["identifier"]: other for other in KINDS}

    for relation, value in map_one(kind, examples(kind)[name]).get("relations", {}).items():
        target = target_kinds[blueprint_of(kind)["relations"][relation]["target"]]
        related = value if isinstance(value, list) else [value]

        assert set(related) - {None} <= _identifiers(target), relation


@pytest.mark.parametrize("kind", KINDS)
def test_every_relation_is_used_by_an_example(kind: str) -> None:
    related = [map_one(kind, raw).get("relations", {}) for raw in examples(kind).values()]

    for relation in blueprint_of(kind)["relations"]:
        assert any(values[relation] for values in related), relation


def test_updates_among_the_examples_belong_to_incidents_that_are_examples_too() -> None:
    for raw in examples("incident_update").values():
        incident = next(
            found for found in examples("incident").values() if found["id"] == raw["incident_id"]
        )

        assert {key: incident[key] for key in raw["__incident"]} == raw["__incident"]
