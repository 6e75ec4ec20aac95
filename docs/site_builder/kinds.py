"""The page of the kinds: from blueprints, sample objects, and the mapping between them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jq
import yaml

# The sample of each kind that says most.
SAMPLES = {
    "statuspage": "customers",
    "component_group": "tracking",
    "component": "tracking_api",
    "incident": "stale_positions",
    "incident_update": "fix_in_place",
}

type Json = dict[str, Any]


def kinds_page(port: Path) -> str:
    """Return what the page shows of every kind; `port` is the integration's `.port`."""
    resources = port / "resources"
    blueprints = json.loads((resources / "blueprints.json").read_text(encoding="utf-8"))
    by_name = {blueprint["identifier"]: blueprint for blueprint in blueprints}
    mapping = yaml.safe_load((resources / "port-app-config.yaml").read_text(encoding="utf-8"))
    shown: list[str] = []
    for resource in mapping["resources"]:
        kind = resource["kind"]
        file = port / "examples" / kind / f"{SAMPLES[kind]}.json"
        sample = json.loads(file.read_text(encoding="utf-8"))
        entity = entity_of(sample, resource["port"]["entity"]["mappings"])
        shown += _kind(kind, by_name[entity["blueprint"]], sample, entity)
    return "\n".join(shown)


def entity_of(raw: Json, mapping: Any) -> Any:
    """Return what a mapping makes of an object, without what is null."""
    if isinstance(mapping, str):
        return jq.compile(mapping).input_value(raw).first()
    made = {name: entity_of(raw, inner) for name, inner in mapping.items()}
    return {name: value for name, value in made.items() if value is not None}


def _kind(kind: str, blueprint: Json, sample: Json, entity: Json) -> Iterator[str]:
    yield f"## `{kind}`\n"
    yield f"{blueprint.get('description', blueprint['title'])}\n"
    yield f"Blueprint: `{blueprint['identifier']}`.\n"
    yield "| Property or relation | Type | Meaning |\n|---|---|---|"
    for name, one in blueprint["schema"]["properties"].items():
        yield f"| `{name}` | {one.get('format', one['type'])} | {_meaning(one)} |"
    for name, one in blueprint.get("relations", {}).items():
        many = "several of " if one["many"] else ""
        yield f"| `{name}` | {many}`{one['target']}` | {_meaning(one)} |"
    calculated = {
        **blueprint.get("mirrorProperties", {}),
        **blueprint.get("calculationProperties", {}),
        **blueprint.get("aggregationProperties", {}),
    }
    for name, one in calculated.items():
        yield f"| `{name}` | worked out by Port | {_meaning(one)} |"
    yield ""
    yield from _folded("A sample object, as the API sends it", sample)
    yield from _folded("The entity that the default mapping makes of it", entity)


def _meaning(described: Json) -> str:
    told = described.get("description") or described.get("title", "")
    return str(told).replace("|", "\\|").replace("\n", " ")


def _folded(title: str, document: Json) -> Iterator[str]:
    yield f'??? note "{title}"\n'
    yield "    ```json"
    for line in json.dumps(document, indent=2, ensure_ascii=False).splitlines():
        yield f"    {line}"
    yield "    ```\n"
