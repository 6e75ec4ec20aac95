"""The published documentation shows five payloads with their entities; ours are the same.

Where they are not, the difference stands in ACCEPTED with its reason: one that is not listed
fails, and so does one that is listed and no longer there.
"""

import json
from pathlib import Path

import pytest

from .shipped import KINDS, Json, blueprint_of, calculated, map_one, selected

DOCUMENT = Path(__file__).parent / "document"

FROM_WEBHOOK = "the documented value is a webhook's, with milliseconds; the API sends seconds"
NEW = "a property that the documented blueprint did not have"

ACCEPTED: dict[str, dict[str, str]] = {
    "statuspage": {
        "properties.updatedAt": "the documented entity is older than the payload beside it",
        "properties.url": "empty in the payload: now the page's statuspage.io address",
    },
    "component_group": {},
    "component": {},
    "incident": {
        "properties.createdAt": FROM_WEBHOOK,
        "properties.updatedAt": FROM_WEBHOOK,
        "properties.resolvedAt": FROM_WEBHOOK,
        "properties.startedAt": "only webhooks have a start: now when the first update was shown",
        "properties.impact_override": "was mapped, but missing in the documented blueprint",
        "properties.monitoringAt": NEW,
        "properties.latestUpdate": NEW,
        "properties.updateCount": NEW,
        "properties.durationMinutes": NEW,
        "properties.timeToResolveMinutes": NEW,
    },
    "incident_update": {
        "properties.updatedAt": NEW,
    },
}


def _documented(kind: str, part: str) -> Json:
    loaded: Json = json.loads((DOCUMENT / kind / f"{part}.json").read_text())
    return loaded


def _ours(kind: str) -> Json:
    entity = map_one(kind, _documented(kind, "payload"))
    computed = {
        name: calculated(entity, name) for name in blueprint_of(kind)["calculationProperties"]
    }
    return {**entity, "properties": {**entity["properties"], **computed}}


def _flat(entity: Json) -> Json:
    """Every value by its path. What is null is absent: the document leaves most of it out."""
    values = {key: entity.get(key) for key in ("identifier", "title", "blueprint", "icon")}
    for part in ("properties", "relations"):
        values |= {f"{part}.{name}": value for name, value in entity.get(part, {}).items()}
    return {path: value for path, value in values.items() if value is not None}


def _differences(kind: str) -> set[str]:
    documented, ours = _flat(_documented(kind, "entity")), _flat(_ours(kind))
    return {path for path in documented | ours if documented.get(path) != ours.get(path)}


@pytest.mark.parametrize("kind", KINDS)
def test_documented_payload_passes_the_default_query(kind: str) -> None:
    assert selected(kind, _documented(kind, "payload"))


@pytest.mark.parametrize("kind", KINDS)
def test_documented_payload_gives_the_documented_entity(kind: str) -> None:
    assert _differences(kind) == set(ACCEPTED[kind])
