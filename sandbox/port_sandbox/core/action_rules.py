"""What a self-service action or an automation must be.

https://docs.port.io/api-reference/create-an-action-automation
"""

import re
from collections.abc import Callable
from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid, NotFound

IDENTIFIER = re.compile(r"(?!\.{1,2}$)[\w@.+:=-]{1,100}")
KEYS = {
    *("identifier", "title", "icon", "description", "trigger", "invocationMethod", "publish"),
    *("requiredApproval", "approvalNotification", "allowAnyoneToViewRuns"),
}
SELF_SERVICE_KEYS = {
    *("type", "operation", "blueprintIdentifier", "userInputs", "condition"),
    *("actionCardButtonText", "executeActionButtonText"),
}
AUTOMATION_KEYS = {"type", "event", "condition"}
OPERATIONS = {"CREATE", "DAY-2", "DELETE"}
METHODS = {
    *("WEBHOOK", "KAFKA", "GITHUB", "GITLAB", "AZURE_DEVOPS", "UPSERT_ENTITY"),
    "INTEGRATION_ACTION",
}
INPUT_TYPES = {"string", "number", "boolean", "object", "array"}


def check(action: Document, exists: Callable[[str], bool]) -> None:
    """Refuse what Port refuses; `exists` tells whether a blueprint is there."""
    identifier = action.get("identifier")
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier):
        raise Invalid('"identifier" must match pattern of letters, digits and @_.+:=-')
    _only(KEYS, action, "an action")
    trigger, method = _object(action, "trigger"), _object(action, "invocationMethod")
    if method.get("type") not in METHODS:
        raise Invalid(f'"invocationMethod.type" must be one of {", ".join(sorted(METHODS))}')
    if method["type"] == "INTEGRATION_ACTION":
        for name in ("installationId", "integrationActionType"):
            if not isinstance(method.get(name), str):
                raise Invalid(f'"invocationMethod" must have required property "{name}"')
    if trigger.get("type") == "automation":
        _only(AUTOMATION_KEYS, trigger, "an automation's trigger")
        _object(trigger, "event")
    elif trigger.get("type") == "self-service":
        _check_self_service(trigger, exists)
    else:
        raise Invalid('"trigger.type" must be one of automation, self-service')


def _check_self_service(trigger: Document, exists: Callable[[str], bool]) -> None:
    _only(SELF_SERVICE_KEYS, trigger, "a self-service trigger")
    if trigger.get("operation") not in OPERATIONS:
        raise Invalid(f'"trigger.operation" must be one of {", ".join(sorted(OPERATIONS))}')
    blueprint = trigger.get("blueprintIdentifier")
    if blueprint is None and trigger["operation"] != "CREATE":
        raise Invalid('"trigger" must have required property "blueprintIdentifier"')
    if blueprint is not None and not exists(blueprint):
        raise NotFound.blueprint(blueprint)
    if trigger.get("condition") and trigger["operation"] == "CREATE":
        raise Invalid('"trigger.condition" is not for actions that create')
    form = _object(trigger, "userInputs")
    properties = _object(form, "properties")
    for name, definition in properties.items():
        _check_input(name, definition, exists)
    order = form.get("order") or []
    names = form.get("required") or []
    for place, listed in (("order", order), ("required", names)):
        unknown = [one for one in listed if one not in properties]
        if unknown and isinstance(listed, list):
            raise Invalid(f'"userInputs.{place}" names "{unknown[0]}", which is not an input')


def _check_input(name: str, definition: Any, exists: Callable[[str], bool]) -> None:
    if not isinstance(definition, dict) or definition.get("type") not in INPUT_TYPES:
        allowed = ", ".join(sorted(INPUT_TYPES))
        raise Invalid(f'"userInputs.properties.{name}.type" must be one of {allowed}')
    for one in (definition, definition.get("items") or {}):
        if one.get("format") == "entity" and not exists(str(one.get("blueprint"))):
            raise NotFound.blueprint(str(one.get("blueprint")))


def _object(document: Document, name: str) -> Document:
    value = document.get(name)
    if not isinstance(value, dict):
        raise Invalid(f'must have required property "{name}"')
    return value


def _only(allowed: set[str], document: Document, what: str) -> None:
    if unknown := set(document) - allowed:
        raise Invalid(f'{what} must NOT have additional properties: "{min(unknown)}"')
