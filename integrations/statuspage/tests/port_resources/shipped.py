"""The files under `.port` as a user gets them, and one raw object mapped the way Ocean maps it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jq  # type: ignore[import-not-found]  # it has no types
import yaml

PORT = Path(__file__).parents[2] / ".port"
KINDS = ("statuspage", "component_group", "component", "incident", "incident_update")

# Ocean puts this in front of every expression, so that no mapping reads the environment.
_NO_ENVIRONMENT = "def env: {}; {} as $ENV | "

type Json = dict[str, Any]


@cache
def spec() -> Json:
    loaded: Json = yaml.safe_load((PORT / "spec.yaml").read_text())
    return loaded


@cache
def mapping_config() -> Json:
    loaded: Json = yaml.safe_load((PORT / "resources" / "port-app-config.yaml").read_text())
    return loaded


def _resource(name: str) -> list[Json]:
    loaded: list[Json] = json.loads((PORT / "resources" / f"{name}.json").read_text())
    return loaded


@cache
def blueprints() -> dict[str, Json]:
    """Every blueprint by its identifier."""
    return {blueprint["identifier"]: blueprint for blueprint in _resource("blueprints")}


@cache
def scorecards() -> list[tuple[str, Json]]:
    """Every scorecard with the blueprint it judges."""
    return [
        (entry["blueprint"], card) for entry in _resource("scorecards") for card in entry["data"]
    ]


@cache
def actions() -> list[Json]:
    return _resource("actions")


@cache
def pages() -> list[Json]:
    return _resource("pages")


@cache
def resources() -> dict[str, Json]:
    """The mapping's block of every kind."""
    return {block["kind"]: block for block in mapping_config()["resources"]}


def mappings(kind: str) -> Json:
    block: Json = resources()[kind]["port"]["entity"]["mappings"]
    return block


def blueprint_of(kind: str) -> Json:
    return blueprints()[evaluate(mappings(kind)["blueprint"], None)]


def examples(kind: str) -> dict[str, Json]:
    """The raw objects shown to a user who edits the mapping, by the name of their file."""
    found = sorted((PORT / "examples" / kind).glob("*.json"))
    return {file.stem: json.loads(file.read_text()) for file in found}


@cache
def _compiled(expression: str) -> Any:
    return jq.compile(_NO_ENVIRONMENT + expression)


def evaluate(expression: str, value: object) -> Any:
    """The first result of an expression. An error in it is raised, where Ocean would log it."""
    return _compiled(expression).input_value(value).first()


def selected(kind: str, raw: Json) -> bool:
    """Whether the default query of the kind lets the object through."""
    passed = evaluate(resources()[kind]["selector"]["query"], raw)
    if not isinstance(passed, bool):
        raise TypeError(f"the query of {kind} gave {passed!r}, and Ocean wants true or false")
    return passed


def map_one(kind: str, raw: Json) -> Json:
    """The entity that the shipped mapping makes of one raw object."""
    return {
        key: (
            {name: evaluate(part, raw) for name, part in expression.items()}
            if isinstance(expression, dict)
            else evaluate(expression, raw)
        )
        for key, expression in mappings(kind).items()
    }


def calculated(entity: Json, name: str) -> Any:
    """One calculation property of an entity, as Port computes it when the entity is read."""
    calculation = blueprints()[entity["blueprint"]]["calculationProperties"][name]["calculation"]
    return evaluate(calculation, entity)
