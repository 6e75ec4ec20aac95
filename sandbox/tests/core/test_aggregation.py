"""Aggregations: each function, and each way to what is related."""

from collections.abc import Iterable
from typing import Any

import pytest

from port_sandbox.core.aggregation import aggregations, measured
from port_sandbox.core.entities import Entity, Key, targets
from port_sandbox.core.json_types import Document
from tests.api_client import NOON


def entity(blueprint: str, identifier: str, value: Any = None, **relations: Any) -> Entity:
    return Entity(
        blueprint,
        identifier,
        properties={"n": value, "at": "2026-11-19T12:00:00Z"},
        relations=relations,
        created_at="2026-11-11T12:00:00.000Z",
    )


class Shelf:
    """A catalog in a dictionary: parts point at groups, groups at pages."""

    def __init__(self) -> None:
        self.all = [
            entity("page", "p"),
            entity("group", "g", page="p"),
            entity("part", "a", 1, group="g"),
            entity("part", "b", 5, group="g"),
            entity("part", "lost", 9),
        ]

    def blueprint(self, identifier: str) -> Document | None:
        relations = {"group": {"page": {"target": "page"}}, "part": {"group": {"target": "group"}}}
        return {"identifier": identifier, "relations": relations.get(identifier, {})}

    def entity(self, key: Key) -> Entity | None:
        return next((one for one in self.all if one.key == key), None)

    def pointing_at(self, key: Key, relation: str, blueprint: str) -> Iterable[Entity]:
        return [
            one
            for one in self.all
            if one.blueprint == blueprint and key[1] in targets(one.relations.get(relation))
        ]

    def sources_of(self, key: Key) -> Iterable[Key]:
        return [
            one.key
            for one in self.all
            for name, value in one.relations.items()
            if (name, *targets(value)) == key
        ]


ENTITIES = [entity("x", str(n), n) for n in (1, 2, 6)]


@pytest.mark.parametrize(
    ("spec", "number"),
    [
        ({"calculationBy": "entities", "func": "count"}, 3),
        ({"calculationBy": "entities", "func": "average"}, 3),
        ({"calculationBy": "entities", "func": "average", "averageOf": "day"}, 0.3),
        (
            {
                "calculationBy": "entities",
                "func": "average",
                "averageOf": "day",
                "measureTimeBy": "at",
            },
            1.5,
        ),
        ({"calculationBy": "property", "func": "sum", "property": "n"}, 9),
        ({"calculationBy": "property", "func": "min", "property": "n"}, 1),
        ({"calculationBy": "property", "func": "max", "property": "n"}, 6),
        ({"calculationBy": "property", "func": "median", "property": "n"}, 2),
        ({"calculationBy": "property", "func": "average", "property": "n"}, 3),
        (
            {"calculationBy": "property", "func": "average", "property": "n", "averageOf": "day"},
            0.9,
        ),
        ({"calculationBy": "property", "func": "max", "property": "at"}, None),
        ({"calculationBy": "property", "func": "sum", "property": "at"}, 0),
    ],
)
def test_functions(spec: Document, number: float | None) -> None:
    assert measured(spec, ENTITIES, NOON) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize(
    ("of", "target", "path_filter", "number"),
    [
        (("page", "p"), "part", [{"fromBlueprint": "part", "path": ["group", "page"]}], 2),
        (("part", "a"), "page", [{"path": ["group", "page"]}], 1),
        (("part", "a"), "page", [{"path": ["nowhere"]}], 0),
        (("page", "p"), "part", None, 2),
        (("part", "a"), "page", None, 1),
        (("part", "lost"), "page", None, 0),
    ],
)
def test_ways(of: Key, target: str, path_filter: Any, number: int) -> None:
    definition = {
        "title": "N",
        "target": target,
        "calculationSpec": {"calculationBy": "entities", "func": "count"},
        "pathFilter": path_filter,
    }
    shelf = Shelf()
    source = shelf.entity(of)
    assert source is not None
    blueprint = {"aggregationProperties": {"n": definition}}
    assert aggregations(source, blueprint, shelf, NOON) == {"n": number}
