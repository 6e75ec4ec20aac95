"""An action is what Port takes, or it is refused with a sentence."""

from typing import Any

import pytest

from port_sandbox.core.action_rules import check
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Answer

METHOD: Document = {
    "type": "INTEGRATION_ACTION",
    "installationId": "sp",
    "integrationActionType": "create_incident",
}
INPUTS: Document = {"name": {"type": "string"}}
AUTOMATION: Document = {"type": "automation", "event": {"type": "ENTITY_UPDATED"}}


def action(trigger: Document | None = None, **changes: Any) -> Document:
    usual = {
        "type": "self-service",
        "operation": "CREATE",
        "blueprintIdentifier": "incident",
        "userInputs": {"properties": INPUTS, "required": ["name"], "order": ["name"]},
    }
    whole = {"identifier": "open", "trigger": {**usual, **(trigger or {})}}
    return {**whole, "invocationMethod": METHOD, **changes}


def refusal(sent: Document) -> str:
    with pytest.raises(Answer) as refused:
        check(sent, lambda blueprint: blueprint == "incident")
    return str(refused.value)


def form(**parts: Any) -> Document:
    return {"userInputs": {"properties": INPUTS, **parts}}


@pytest.mark.parametrize(
    "sent",
    [
        action(),
        action({"operation": "DAY-2", "condition": {"type": "SEARCH", "rules": []}}),
        action(form(required={"jqQuery": "[]"})),
        action(trigger=None, title="Open", publish=False, requiredApproval=False),
        {**action(), "trigger": AUTOMATION},
    ],
)
def test_what_port_takes_is_taken(sent: Document) -> None:
    check(sent, lambda blueprint: blueprint == "incident")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (action(identifier="a/b"), '"identifier" must match'),
        (action(colour="red"), 'additional properties: "colour"'),
        (action(trigger=None, invocationMethod={"type": "FAX"}), '"invocationMethod.type"'),
        (action(invocationMethod={"type": "INTEGRATION_ACTION"}), '"installationId"'),
        (action({"type": "magic"}), '"trigger.type"'),
        (action({"operation": "EDIT"}), '"trigger.operation"'),
        (action({"operation": "DELETE", "blueprintIdentifier": None}), '"blueprintIdentifier"'),
        (action({"blueprintIdentifier": "x"}), 'Blueprint with identifier "x" was not found'),
        (action({"condition": {"rules": []}}), "not for actions that create"),
        (action({"userInputs": None}), '"userInputs"'),
        (action(form(required=["x"])), '"userInputs.required" names "x"'),
        (action(form(order=["x"])), '"userInputs.order" names "x"'),
        (action(form(properties={"a": {"type": "date"}})), '"userInputs.properties.a.type"'),
        (
            action(form(properties={"a": {"type": "string", "format": "entity"}})),
            'Blueprint with identifier "None" was not found',
        ),
        ({**action(), "trigger": {"type": "automation"}}, '"event"'),
    ],
    ids=str,
)
def test_what_port_refuses_is_refused_with_the_reason(sent: Document, why: str) -> None:
    assert why in refusal(sent)
