"""What starting an action or a workflow hands to its integration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from port_sandbox.core import inputs
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.core.templates import rendered
from port_sandbox.errors import Invalid, NotFound
from port_sandbox.storage.entities import CatalogStore

INTEGRATION_ACTION = "INTEGRATION_ACTION"
TEMPLATED = "integrationActionExecutionProperties"
ON_AN_ENTITY = {"DAY-2", "DELETE"}


@dataclass(frozen=True, slots=True)
class Invocation:
    """What is handed over, and to which installation."""

    installation: str
    payload: Document


def of_action(
    action: Document, sent: Document, known: Document, catalog: CatalogStore
) -> Invocation:
    """Return what an action hands over, its templates filled in.

    `known` is what its templates may ask for beside the inputs and the entity.
    """
    method = action.get("invocationMethod") or {}
    if method.get("type") != INTEGRATION_ACTION:
        raise Invalid(f"The sandbox runs only actions of the type {INTEGRATION_ACTION}")
    trigger = action.get("trigger") or {}
    given = {**inputs.defaults(trigger), **(sent.get("properties") or {})}
    inputs.check(given, trigger)
    entity = entity_of(trigger, sent.get("entity"), catalog)
    context = {
        **known,
        "inputs": with_entities(given, trigger, catalog),
        "entity": entity.document() if entity else None,
        "trigger": {**known.get("trigger", {}), "operation": trigger.get("operation")},
    }
    return _invocation(method, context)


def of_workflow(
    workflow: Document, sent: Document, catalog: CatalogStore
) -> Iterator[tuple[str, Invocation]]:
    """Return what each integration node hands over, with the trigger's outputs alone."""
    nodes = workflow.get("nodes") or []
    given = sent.get("inputs") or sent.get("properties") or {}
    triggers = [node for node in nodes if node["config"]["type"].endswith("_TRIGGER")]
    if triggers:
        given = {**inputs.defaults(triggers[0]["config"]), **given}
        inputs.check(given, triggers[0]["config"])
        given = with_entities(given, triggers[0]["config"], catalog)
    names = ("trigger", *(one["identifier"] for one in triggers))
    context = {"outputs": dict.fromkeys(names, given)}
    for node in nodes:
        if node["config"]["type"] == INTEGRATION_ACTION:
            yield node["identifier"], _invocation(node["config"], context)


def entity_of(trigger: Document, identifier: Any, catalog: CatalogStore) -> Entity | None:
    """Return the entity that an action is about, which it must have unless it makes one."""
    blueprint = str(trigger.get("blueprintIdentifier"))
    found = catalog.entity((blueprint, str(identifier))) if identifier else None
    if found is None and (identifier or trigger.get("operation") in ON_AN_ENTITY):
        raise NotFound.entity(blueprint, str(identifier or ""))
    return found


def with_entities(given: Document, trigger: Document, catalog: CatalogStore) -> Document:
    """Return inputs in which those that name entities are the entities themselves, as in Port."""
    definitions = inputs.definitions(trigger)
    return {
        name: _with_entity(value, definitions.get(name, {}), catalog)
        for name, value in given.items()
    }


def _with_entity(value: Any, definition: Document, catalog: CatalogStore) -> Any:
    if isinstance(value, list):
        items = definition.get("items") or {}
        return [_with_entity(one, items, catalog) for one in value]
    if definition.get("format") != "entity" or not isinstance(value, str):
        return value
    found = catalog.entity((str(definition.get("blueprint")), value))
    return found.document() if found else {"identifier": value}


def _invocation(method: Document, context: Document) -> Invocation:
    filled = {**method, TEMPLATED: rendered(method.get(TEMPLATED) or {}, context)}
    return Invocation(str(method.get("installationId")), filled)
