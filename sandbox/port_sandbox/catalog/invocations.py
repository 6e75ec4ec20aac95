"""What starting an action or a workflow hands to its integration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.core.templates import rendered
from port_sandbox.errors import Invalid
from port_sandbox.storage.entities import CatalogStore

INTEGRATION_ACTION = "INTEGRATION_ACTION"
TEMPLATED = "integrationActionExecutionProperties"


@dataclass(frozen=True, slots=True)
class Invocation:
    """What is handed over, and to which installation."""

    installation: str
    payload: Document


def of_action(action: Document, sent: Document, catalog: CatalogStore) -> Invocation:
    """Return what an action hands over, its templates filled in."""
    method = action.get("invocationMethod") or {}
    if method.get("type") != INTEGRATION_ACTION:
        raise Invalid(f"The sandbox runs only actions of the type {INTEGRATION_ACTION}")
    trigger = action.get("trigger") or {}
    definitions = (trigger.get("userInputs") or {}).get("properties", {})
    given = sent.get("properties") or {}
    entity = catalog.entity((str(trigger.get("blueprintIdentifier")), str(sent.get("entity"))))
    context = {
        "inputs": {
            name: _input(value, definitions.get(name, {}), catalog)
            for name, value in {**_defaults(definitions), **given}.items()
        },
        "entity": entity.document() if entity else None,
        "trigger": {"operation": trigger.get("operation")},
    }
    return _invocation(method, context)


def of_workflow(workflow: Document, sent: Document) -> Iterator[tuple[str, Invocation]]:
    nodes = workflow.get("nodes") or []
    inputs = sent.get("inputs") or sent.get("properties") or {}
    triggers = [n["identifier"] for n in nodes if n["config"]["type"].endswith("_TRIGGER")]
    context = {"outputs": dict.fromkeys(("trigger", *triggers), inputs)}
    for node in nodes:
        if node["config"]["type"] == INTEGRATION_ACTION:
            yield node["identifier"], _invocation(node["config"], context)


def _invocation(method: Document, context: Document) -> Invocation:
    filled = {**method, TEMPLATED: rendered(method.get(TEMPLATED) or {}, context)}
    return Invocation(str(method.get("installationId")), filled)


def _defaults(definitions: Document) -> Document:
    return {name: one["default"] for name, one in definitions.items() if "default" in one}


def _input(value: Any, definition: Document, catalog: CatalogStore) -> Any:
    """Return an input; where it names entities, the entities themselves, as in Port."""
    if isinstance(value, list):
        items = definition.get("items") or {}
        return [_input(one, items, catalog) for one in value]
    if definition.get("format") != "entity" or not isinstance(value, str):
        return value
    found = catalog.entity((str(definition.get("blueprint")), value))
    return found.document() if found else {"identifier": value}
