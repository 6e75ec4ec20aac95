"""What a workflow must be, as far as the sandbox starts it."""

from typing import Any

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid


def check(workflow: Document) -> None:
    """Refuse a workflow whose nodes cannot be read."""
    nodes = workflow.get("nodes")
    if not isinstance(nodes, list):
        raise Invalid('must have required property "nodes"')
    for place, node in enumerate(nodes):
        config: Any = node.get("config") if isinstance(node, dict) else None
        named = isinstance(node, dict) and isinstance(node.get("identifier"), str)
        if not named or not isinstance(config, dict) or not isinstance(config.get("type"), str):
            raise Invalid(f'"nodes/{place}" must have an "identifier" and a "config" with a "type"')
