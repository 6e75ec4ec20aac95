"""What an installation of the public integration, 0.2.98, has in Port."""

import json
from pathlib import Path
from typing import Any

import yaml

from tests.port_resources.shipped import KINDS, blueprint_of

type Json = dict[str, Any]

HERE = Path(__file__).parent
EXPRESSIONS: Json = json.loads((HERE.parents[1] / "moving_over/public_mapping.json").read_text())


def public_blueprints() -> list[Json]:
    """Its blueprints, targets of relations first."""
    written = yaml.safe_load((HERE / "public_blueprints.yaml").read_text())
    return [_blueprint(name, parts) for name, parts in written.items()]


def _blueprint(name: str, parts: Json) -> Json:
    properties = {
        key: {"title": key, **({"type": one} if isinstance(one, str) else one)}
        for key, one in parts["properties"].items()
    }
    sections = {key: value for key, value in parts.items() if key != "properties"}
    return {"identifier": name, "title": name, "schema": {"properties": properties}, **sections}


def public_mapping() -> Json:
    """Its mapping, as Port stores it."""
    return {
        "createMissingRelatedEntities": True,
        "deleteDependentEntities": True,
        "resources": [_block(kind, EXPRESSIONS[kind]) for kind in KINDS],
    }


def _block(kind: str, written: Json) -> Json:
    mappings = {
        "identifier": ".id",
        "title": written["title"],
        "blueprint": f'"{blueprint_of(kind)["identifier"]}"',
        "properties": dict(written["properties"]),
        "relations": dict(written.get("relations", {})),
    }
    return {
        "kind": kind,
        "selector": {"query": written["query"]},
        "port": {"entity": {"mappings": mappings}},
    }
