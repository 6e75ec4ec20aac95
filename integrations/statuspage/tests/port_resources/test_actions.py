"""The actions of the specification, the executors, and what Port offers of them are in step."""

import ast
import inspect
import re
from collections.abc import Iterator

import jq  # type: ignore[import-not-found]  # it has no types
import pytest

from actions import register
from actions.executor import Action

from .shipped import Json, actions, blueprints, spec

SPEC: dict[str, Json] = {action["name"]: action for action in spec()["actions"]}
EXECUTORS: dict[str, type[Action]] = {one.ACTION_NAME: one for one in register.ACTIONS}
OFFERED = [pytest.param(action, id=action["identifier"]) for action in actions()]
TEMPLATE = re.compile(r"\{\{(.*)\}\}", re.DOTALL)
# What the inputs of every action on a page begin with, and those of the words that are shared.
SHARED = {"pageId", "incidentId", "components", "componentStatus", "metadata"}


def inputs_of(name: str) -> dict[str, Json]:
    return {given["name"]: given for given in SPEC[name]["inputs"]}


def read_by(executor: type[Action]) -> set[str]:
    """Return the names of the inputs that an executor's module asks for."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(executor) or executor))
    asked = {"text", "required", "flag", "moment", "minutes", "fields", "identifier"}
    return {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asked
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def templates(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (found[1] for found in [TEMPLATE.fullmatch(value)] if found)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from templates(inner)


def test_every_action_has_an_executor_and_none_has_more() -> None:
    assert spec()["actionsProcessingEnabled"] is True
    assert list(SPEC) == list(EXECUTORS)


@pytest.mark.parametrize("name", SPEC)
def test_every_input_is_read_and_what_is_read_is_described(name: str) -> None:
    described = set(inputs_of(name))

    assert described - SHARED == read_by(EXECUTORS[name]) - SHARED
    assert "pageId" in described


@pytest.mark.parametrize("name", SPEC)
def test_every_input_has_a_title_a_description_and_a_type_of_ports(name: str) -> None:
    for given in SPEC[name]["inputs"]:
        assert set(given) == {"name", "title", "type", "required", "description"}
        assert given["type"] in {"string", "boolean", "jqObject"}
        assert given["title"].strip()
        assert given["description"].strip()


@pytest.mark.parametrize("executor", register.ACTIONS)
def test_labels_have_two_words_at_most(executor: type[Action]) -> None:
    for label in (executor.WORKING, executor.DONE):
        assert 1 <= len(label.split()) <= 2


def test_every_action_is_offered_in_port() -> None:
    offered = {action["invocationMethod"]["integrationActionType"] for action in actions()}

    assert offered == set(SPEC)


@pytest.mark.parametrize("action", OFFERED)
def test_what_is_offered_gives_inputs_that_there_are_and_all_that_are_needed(action: Json) -> None:
    method = action["invocationMethod"]
    given = set(method["integrationActionExecutionProperties"])
    inputs = inputs_of(method["integrationActionType"])

    assert given <= set(inputs)
    assert {name for name, one in inputs.items() if one["required"]} <= given


@pytest.mark.parametrize("action", OFFERED)
def test_every_template_can_be_evaluated_and_asks_for_inputs_that_there_are(action: Json) -> None:
    asked = set()
    for expression in templates(action["invocationMethod"]):
        jq.compile(expression)
        asked |= set(re.findall(r"\.inputs\.(\w+)", expression))
    trigger = action["trigger"]

    assert asked == set(trigger.get("userInputs", {}).get("properties", {}))


@pytest.mark.parametrize("action", OFFERED)
def test_entities_that_are_asked_for_have_blueprints_that_are_shipped(action: Json) -> None:
    trigger = action["trigger"]
    properties = trigger.get("userInputs", {}).get("properties", {}).values()
    fields = [*properties, *(one["items"] for one in properties if "items" in one)]
    asked = {one["blueprint"] for one in fields if one.get("format") == "entity"}
    about = trigger.get("blueprintIdentifier") or trigger["event"]["blueprintIdentifier"]

    assert {*asked, about} <= set(blueprints())


def test_subscribers_are_told_only_where_somebody_asks_for_it() -> None:
    fields = [
        (name, field)
        for action in actions()
        for name, field in action["trigger"].get("userInputs", {}).get("properties", {}).items()
        if re.search("notif|remind", name, re.IGNORECASE)
    ]

    assert fields
    assert all(field["default"] is False for _, field in fields)


def test_automations_are_off_until_somebody_switches_them_on() -> None:
    automations = [one for one in actions() if one["trigger"]["type"] == "automation"]

    assert automations
    assert all(one["publish"] is False for one in automations)
