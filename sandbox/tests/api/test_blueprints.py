"""Blueprints, and what is kept beside them."""

from typing import Any

import pytest

from tests.api_client import COMPONENT, PAGE, ApiClient, Document


async def test_a_blueprint_is_made_shown_changed_and_deleted(api: ApiClient) -> None:
    await api.ask("GET", "/v1/blueprints/page", status=404)
    await api.ask("POST", "/v1/blueprints", PAGE, status=201)
    await api.ask("POST", "/v1/blueprints", PAGE, status=409)
    await api.ask("PATCH", "/v1/blueprints/page", {"description": "A page"})
    shown = (await api.ask("GET", "/v1/blueprints/page"))["blueprint"]
    assert shown["description"] == "A page"
    assert shown["mirrorProperties"] == {}
    assert shown["schema"] == PAGE["schema"]
    await api.ask("PUT", "/v1/blueprints/page", PAGE)
    assert "description" not in (await api.ask("GET", "/v1/blueprints/page"))["blueprint"]
    await api.ask("DELETE", "/v1/blueprints/page")
    assert (await api.ask("GET", "/v1/blueprints"))["blueprints"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"identifier": "a=b"}, 422),
        ({"identifier": ["a"]}, 422),
        ({"title": ""}, 422),
        ({"description": "x" * 201}, 422),
        ({"schema": [1]}, 422),
        ({"schema": {"properties": {}, "extra": 1}}, 422),
        ({"schema": {"properties": {"a b": {"type": "string"}}}}, 422),
        ({"schema": {"properties": {"a": {"type": "text"}}}}, 422),
        ({"schema": {"properties": {}, "required": ["a"]}}, 422),
        ({"relations": {"a": {"target": "nowhere"}}}, 404),
        ({"relations": {"a": {"target": "page", "required": True, "many": True}}}, 422),
        ({"relations": {"a": {}}}, 422),
        ({"mirrorProperties": {"a": {"title": "A"}}}, 422),
        ({"calculationProperties": []}, 422),
        (
            {
                "aggregationProperties": {
                    "a": {"title": "A", "target": "page", "calculationSpec": {"calculationBy": "x"}}
                }
            },
            422,
        ),
    ],
)
async def test_what_port_would_refuse(api: ApiClient, change: dict[str, Any], status: int) -> None:
    answer = await api.ask("POST", "/v1/blueprints", {**PAGE, **change}, status=status)
    assert answer["message"]


async def test_a_property_keeps_its_type(api: ApiClient) -> None:
    await api.ask("POST", "/v1/blueprints", PAGE, status=201)
    schema = {"properties": {"url": {"type": "number"}}}
    answer = await api.ask("PATCH", "/v1/blueprints/page", {"schema": schema}, status=422)
    assert answer["error"] == "forbidden_format_change"


async def test_a_blueprint_in_use_stays(api: ApiClient) -> None:
    await api.blueprints()
    answer = await api.ask("DELETE", "/v1/blueprints/page", status=422)
    assert "has a relation to it" in answer["message"]
    await api.write("component", {"identifier": "web"})
    answer = await api.ask("DELETE", "/v1/blueprints/component", status=422)
    assert answer["error"] == "has_dependents"
    assert (await api.ask("GET", "/v1/blueprints/component/entities-count"))["count"] == 1
    path = "/v1/blueprints/component/all-entities?delete_blueprint=true"
    await api.ask("DELETE", path, status=202)
    await api.ask("GET", "/v1/blueprints/component", status=404)


async def test_scorecards_are_kept_and_entities_scored(api: ApiClient) -> None:
    await api.blueprints()
    rule = {
        "identifier": "up",
        "level": "Gold",
        "query": {
            "combinator": "and",
            "conditions": [{"property": "status", "operator": "=", "value": "operational"}],
        },
    }
    card = {"identifier": "health", "title": "Health", "rules": [rule]}
    path = "/v1/blueprints/component/scorecards"
    await api.ask("POST", path, card, status=201)
    await api.ask("POST", path, {"identifier": "x"}, status=422)
    assert len((await api.ask("GET", path))["scorecards"]) == 1
    await api.write(
        "component",
        {"identifier": "web", "properties": {"status": "operational"}},
        {"identifier": "api", "properties": {"status": "major_outage"}},
    )
    assert (await api.entity("component", "web"))["scorecards"]["health"]["level"] == "Gold"
    assert (await api.entity("component", "api"))["scorecards"]["health"]["level"] == "Silver"
    await api.ask("GET", f"{path}/health")
    await api.ask("DELETE", f"{path}/health")
    await api.ask("GET", f"{path}/health", status=404)


@pytest.mark.parametrize(
    ("collection", "document"),
    [
        ("pages", {"identifier": "one", "widgets": [{"id": "w"}]}),
        ("workflows", {"identifier": "one", "nodes": []}),
        (
            "actions",
            {
                "identifier": "one",
                "trigger": {"type": "automation", "event": {"type": "ENTITY_CREATED"}},
                "invocationMethod": {"type": "KAFKA"},
            },
        ),
    ],
)
async def test_documents_are_kept_as_they_came(
    api: ApiClient, collection: str, document: Document
) -> None:
    path = f"/v1/{collection}"
    await api.ask("POST", path, document, status=201)
    await api.ask("POST", path, document, status=409)
    await api.ask("PUT", f"{path}/one", {"title": "One"})
    answer = await api.ask("GET", f"{path}/one")
    assert answer[collection.removesuffix("s")] == {**document, "title": "One"}
    assert len((await api.ask("GET", path))[collection]) == 1
    await api.ask("DELETE", f"{path}/one")
    await api.ask("GET", f"{path}/one", status=404)


async def test_relations_may_point_at_the_blueprint_itself(api: ApiClient) -> None:
    own = {**COMPONENT, "relations": {"page": {"target": "component"}}}
    await api.ask("POST", "/v1/blueprints", own, status=201)
    await api.write(
        "component",
        {"identifier": "a", "relations": {"page": "a"}},
        {"identifier": "b", "relations": {"page": "a"}},
    )
    path = "/v1/blueprints/component/bulk/entities/delete?delete_dependents=true"
    await api.ask("POST", path, {"entities": ["a"]})
    await api.ask("GET", "/v1/blueprints/component/entities/b", status=404)
