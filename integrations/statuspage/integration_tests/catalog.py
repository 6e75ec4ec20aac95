"""A Port that keeps entities and finds them again, as far as live events ask for it."""

import json
from typing import Any
from urllib.parse import unquote_plus

import httpx
from port_ocean.integration_testing.port_mock import PortMockResponder

from tests.port_resources.catalog import faults
from tests.port_resources.shipped import blueprints

type Json = dict[str, Any]


class Catalog(PortMockResponder):
    """Ocean's mock of Port, with a memory, which refuses what the shipped blueprints do not fit."""

    def __init__(self, mapping: Json) -> None:
        super().__init__(mapping)
        self.entities: dict[tuple[str, str], Json] = {}
        self.cascades: list[str] = []
        self.refused: dict[str, str] = {}

    def ids(self, blueprint: str) -> set[str]:
        """Return the identifiers of a blueprint's entities."""
        return {identifier for one, identifier in self.entities if one == blueprint}

    def properties(self, blueprint: str, identifier: str) -> Json:
        """Return the properties of one entity."""
        properties: Json = self.entities[blueprint, identifier]["properties"]
        return properties

    def _handle_bulk_upsert(self, request: httpx.Request) -> Json:
        answer = super()._handle_bulk_upsert(request)
        errors = []
        for index, entity in enumerate(json.loads(request.content)["entities"]):
            if found := entity["blueprint"] in blueprints() and faults(entity):
                self.refused[entity["identifier"]] = found[0]
                errors.append(_refusal(entity["identifier"], index, found[0]))
            elif request.url.params.get("merge") == "true":
                self._merge(entity)
            else:
                self.entities[entity["blueprint"], entity["identifier"]] = entity
        if not errors:
            return answer
        wrong = {error["index"] for error in errors}
        taken = [one for one in answer["json"]["entities"] if one["index"] not in wrong]
        return {"status_code": 207, "json": {"ok": True, "entities": taken, "errors": errors}}

    def _merge(self, entity: Json) -> None:
        """Change what is told of an entity, and leave the rest as it is."""
        present = self.entities.setdefault((entity["blueprint"], entity["identifier"]), {})
        for field, told in entity.items():
            if field in ("properties", "relations"):
                present[field] = present.get(field, {}) | told
            else:
                present[field] = told

    def _handle_delete_entity(self, request: httpx.Request) -> Json:
        *_, blueprint, _, identifier = request.url.path.split("/")
        return self._delete(request, blueprint, [unquote_plus(identifier)])

    def _handle_bulk_delete(self, request: httpx.Request) -> Json:
        *_, blueprint, _, _, _ = request.url.path.split("/")
        return self._delete(request, blueprint, json.loads(request.content)["entities"])

    def _delete(self, request: httpx.Request, blueprint: str, identifiers: list[str]) -> Json:
        if request.url.params.get("delete_dependents") == "true":
            self.cascades += identifiers
        for identifier in identifiers:
            self.entities.pop((blueprint, identifier), None)
        return {"json": {"ok": True, "deletedEntities": identifiers}}

    def _handle_search_entities(self, request: httpx.Request) -> Json:
        query = json.loads(request.content)
        found = [entity for entity in self.entities.values() if _fits(entity, query)]
        return {"json": {"ok": True, "entities": found}}


def _refusal(identifier: str, index: int, message: str) -> Json:
    return {
        "identifier": identifier,
        "index": index,
        "statusCode": 422,
        "error": "invalid_request",
        "message": message,
    }


def _fits(entity: Json, rule: Json) -> bool:
    match rule:
        case {"combinator": "and", "rules": rules}:
            return all(_fits(entity, inner) for inner in rules)
        case {"combinator": "or", "rules": rules}:
            return any(_fits(entity, inner) for inner in rules)
        case {"property": "$datasource", "operator": "contains"}:
            return True
        case {"property": "$blueprint" | "$identifier" as name, "value": value}:
            wanted = value if rule["operator"] == "in" else [value]
            return entity[name.removeprefix("$")] in wanted
        case {"property": name, "operator": "=", "value": value}:
            return bool(entity["properties"].get(name) == value)
        case {"operator": "relatedTo", "value": values}:
            related = entity["relations"].values()
            return any(value == one or value in (one or []) for value in values for one in related)
    raise AssertionError(f"no such rule in Port's search: {rule}")
