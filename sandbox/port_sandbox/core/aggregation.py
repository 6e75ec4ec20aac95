"""Aggregation properties: what is counted or measured over related entities."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from statistics import fmean, median
from typing import Any

from port_sandbox.core import timestamps
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.core.reader import CatalogReader
from port_sandbox.core.search import compile_query
from port_sandbox.core.subject import StoredSubject
from port_sandbox.core.walks import above, below, ends, relations_of

MEASURES: dict[str, Callable[[Sequence[float]], float]] = {
    "min": min,
    "max": max,
    "median": median,
    "average": fmean,
}
SECONDS = {"hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400}


def aggregations(
    entity: Entity, blueprint: Document, catalog: CatalogReader, now: datetime
) -> Document:
    return {
        name: _aggregated(entity, definition, catalog, now)
        for name, definition in blueprint["aggregationProperties"].items()
    }


def _aggregated(
    entity: Entity, definition: Document, catalog: CatalogReader, now: datetime
) -> float | None:
    found: Iterable[Entity] = _related(entity, definition, catalog)
    if query := definition.get("query"):
        rule = compile_query(query, now)
        found = (one for one in found if rule(StoredSubject(one, catalog)))
    return measured(definition["calculationSpec"], list(found), now)


def measured(spec: Document, entities: Sequence[Entity], now: datetime) -> float | None:
    func = spec["func"]
    if spec["calculationBy"] == "entities":
        if func == "count":
            return len(entities)
        return _per_period(len(entities), spec, entities, now)
    values = [
        value
        for one in entities
        if isinstance(value := one.properties.get(spec["property"]), int | float)
        and not isinstance(value, bool)
    ]
    if func == "sum":
        return sum(values)
    if not values:
        return None
    if func == "average" and spec.get("averageOf", "total") != "total":
        return _per_period(sum(values), spec, entities, now)
    return MEASURES[func](values)


def _per_period(
    total: float, spec: Document, entities: Sequence[Entity], now: datetime
) -> float | None:
    if spec.get("averageOf", "total") == "total":
        return total
    since = [moment for one in entities if (moment := _measured_at(one, spec)) is not None]
    if not since:
        return None
    periods = (now - min(since)).total_seconds() / SECONDS[spec["averageOf"]]
    return total / max(periods, 1)


def _measured_at(entity: Entity, spec: Document) -> datetime | None:
    by = spec.get("measureTimeBy", "$createdAt")
    value: Any = entity.meta(by) if by.startswith("$") else entity.properties.get(by)
    moment = timestamps.parsed(value)
    return moment.astimezone(UTC) if moment else None


def _related(entity: Entity, definition: Document, catalog: CatalogReader) -> list[Entity]:
    target = definition["target"]
    for path_filter in definition.get("pathFilter") or ():
        path: list[str] = path_filter["path"]
        if path_filter.get("fromBlueprint") in (None, entity.blueprint):
            return _forward(entity, path, catalog)
        return _backward(entity, path, target, catalog)
    keys = above(entity.key, catalog) | below(entity.key, catalog)
    found = (catalog.entity(key) for key in sorted(keys) if key[0] == target)
    return [one for one in found if one is not None]


def _forward(entity: Entity, path: list[str], catalog: CatalogReader) -> list[Entity]:
    reached = {entity.key: entity}
    for relation in path:
        keys = [key for one in reached.values() for key in ends(one, relation, catalog)]
        found = [catalog.entity(key) for key in keys]
        reached = {one.key: one for one in found if one is not None}
    return list(reached.values())


def _backward(entity: Entity, path: list[str], target: str, catalog: CatalogReader) -> list[Entity]:
    reached = {entity.key: entity}
    for relation, blueprint in zip(
        reversed(path), reversed(_passed(path, target, catalog)), strict=True
    ):
        reached = {
            source.key: source
            for key in reached
            for source in catalog.pointing_at(key, relation, blueprint)
        }
    return list(reached.values())


def _passed(path: list[str], start: str, catalog: CatalogReader) -> list[str]:
    passed = []
    for relation in path:
        passed.append(start)
        relations = relations_of(start, catalog)
        start = relations.get(relation, {}).get("target", "")
    return passed
