"""Actions and a workflow in Port's shape, for a page and its components."""

from typing import Any

from tests.api_client import ApiClient, Document

HANDED: Document = {
    "pageId": "{{ .inputs.page.identifier }}",
    "name": "{{ .inputs.name }}",
    "components": "{{ .inputs.components | map(.identifier) }}",
    "notify": "{{ .inputs.notify }}",
    "impact": "{{ .inputs.impact }}",
    "until": "{{ .inputs.until }}",
    "count": "{{ .inputs.count }}",
    "words": "{{ .inputs.words }}",
    "more": "{{ .inputs.more }}",
}
ON_PAGE = {"property": "page", "operator": "=", "value": {"jqQuery": ".form.page.identifier"}}
INPUTS: Document = {
    "name": {"type": "string", "title": "Title", "description": "What readers see first."},
    "page": {"type": "string", "format": "entity", "blueprint": "page", "title": "Page"},
    "body": {"type": "string", "format": "multi-line", "title": "Text"},
    "components": {
        "type": "array",
        "title": "Components",
        "items": {
            "type": "string",
            "format": "entity",
            "blueprint": "component",
            "dataset": {"combinator": "and", "rules": [ON_PAGE]},
        },
    },
    "impact": {"type": "string", "enum": ["minor", "major"], "default": "minor"},
    "notify": {"type": "boolean", "title": "Tell subscribers", "default": False},
    "until": {"type": "string", "format": "date-time", "title": "Until"},
    "count": {"type": "number", "minimum": 1, "title": "Count"},
    "words": {"type": "array", "items": {"type": "string"}, "title": "Words"},
    "more": {"type": "object", "title": "More"},
    "why": {"type": "string", "visible": {"jqQuery": '.form.impact == "major"'}, "title": "Why"},
}


def action(identifier: str, title: str, operation: str, **parts: Any) -> Document:
    trigger = {
        "type": "self-service",
        "operation": operation,
        "blueprintIdentifier": "component",
        "userInputs": {"properties": {}},
        **parts.pop("trigger", {}),
    }
    method = {
        "type": "INTEGRATION_ACTION",
        "installationId": "my-statuspage",
        "integrationActionType": identifier,
        "integrationActionExecutionProperties": parts.pop("handed", {}),
    }
    whole = {"identifier": identifier, "title": title, "trigger": trigger}
    return {**whole, "invocationMethod": method, **parts}


OPEN = action(
    "open",
    "Open an incident",
    "CREATE",
    description="On a status page.",
    handed=HANDED,
    trigger={"userInputs": {"properties": INPUTS, "required": ["page", "name"]}},
)
IS_DOWN = {"property": "status", "operator": "=", "value": "major_outage"}
MEND = action(
    "mend",
    "Mend it",
    "DAY-2",
    handed={"what": "{{ .entity.identifier }}", "to": "{{ .inputs.to }}"},
    trigger={
        "condition": {"type": "SEARCH", "combinator": "and", "rules": [IS_DOWN]},
        "userInputs": {
            "properties": {
                "to": {
                    "type": "string",
                    "enum": ["operational", "major_outage"],
                    "default": {"jqQuery": ".entity.properties.status"},
                }
            }
        },
    },
)
REMOVE = action("remove", "Remove it", "DELETE")
HOOK: Document = {
    **action("hook", "Call somebody", "CREATE"),
    "invocationMethod": {"type": "WEBHOOK", "url": "https://hooks.example.com"},
}
WORKFLOW: Document = {
    "identifier": "flow",
    "title": "Open by workflow",
    "nodes": [
        {
            "identifier": "start",
            "config": {
                "type": "SELF_SERVE_TRIGGER",
                "userInputs": {
                    "properties": {"page": INPUTS["page"], "name": INPUTS["name"]},
                    "required": ["name"],
                },
            },
        },
        {
            "identifier": "create",
            "config": {
                "type": "INTEGRATION_ACTION",
                "installationId": "my-statuspage",
                "integrationProvider": "statuspage",
                "integrationInvocationType": "create_incident",
                "integrationActionExecutionProperties": {
                    "name": "{{ .outputs.trigger.name }}",
                    "pageId": "{{ .outputs.start.page.identifier }}",
                },
            },
        },
    ],
}


async def install(api: ApiClient) -> None:
    """Make a page with two components, and all that can be started."""
    await api.blueprints()
    await api.write("page", {"identifier": "acme", "title": "Acme"})
    await api.write("page", {"identifier": "beta", "title": "Beta"})
    for name, page, status in (
        ("web", "acme", "major_outage"),
        ("mail", "acme", "operational"),
        ("shop", "beta", "operational"),
    ):
        properties = {"status": status}
        own: Document = {"identifier": name, "title": name.title(), "properties": properties}
        await api.write("component", {**own, "relations": {"page": page}})
    for one in (OPEN, MEND, REMOVE, HOOK):
        await api.ask("POST", "/v1/actions", one, status=201)
    await api.ask("POST", "/v1/workflows", WORKFLOW, status=201)
