"""Blueprints, and what is kept beside them."""

from typing import Any

import pytest

from tests.house import COMPONENT, PAGE, House


async def test_a_blueprint_is_made_shown_changed_and_deleted(house: House) -> None:
    await house.ask("GET", "/v1/blueprints/page", status=404)
    await house.ask("POST", "/v1/blueprints", PAGE, status=201)
    await house.ask("POST", "/v1/blueprints", PAGE, status=409)
    await house.ask("PATCH", "/v1/blueprints/page", {"description": "A page"})
    shown = (await house.ask("GET", "/v1/blueprints/page"))["blueprint"]
    assert shown["description"] == "A page"
    assert shown["mirrorProperties"] == {}
    assert shown["schema"] == PAGE["schema"]
    await house.ask("PUT", "/v1/blueprints/page", PAGE)
    assert "description" not in (await house.ask("GET", "/v1/blueprints/page"))["blueprint"]
    await house.ask("DELETE", "/v1/blueprints/page")
    assert (await house.ask("GET", "/v1/blueprints"))["blueprints"] == []


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
async def test_what_port_would_refuse(house: House, change: dict[str, Any], status: int) -> None:
    answer = await house.ask("POST", "/v1/blueprints", {**PAGE, **change}, status=status)
    assert answer["message"]


async def test_a_property_keeps_its_type(house: House) -> None:
    await house.ask("POST", "/v1/blueprints", PAGE, status=201)
    schema = {"properties": {"url": {"type": "number"}}}
    answer = await house.ask("PATCH", "/v1/blueprints/page", {"schema": schema}, status=422)
    assert answer["error"] == "forbidden_format_change"


async def test_a_blueprint_in_use_stays(house: House) -> None:
    await house.blueprints()
    answer = await house.ask("DELETE", "/v1/blueprints/page", status=422)
    assert "has a relation to it" in answer["message"]
    await house.write("component", {"identifier": "web"})
    answer = await house.ask("DELETE", "/v1/blueprints/component", status=422)
    assert answer["error"] == "has_dependents"
    assert (await house.ask("GET", "/v1/blueprints/component/entities-count"))["count"] == 1
    path = "/v1/blueprints/component/all-entities?delete_blueprint=true"
    await house.ask("DELETE", path, status=202)
    await house.ask("GET", "/v1/blueprints/component", status=404)


async def test_scorecards_are_kept_and_entities_scored(house: House) -> None:
    await house.blueprints()
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
    await house.ask("POST", path, card, status=201)
    await house.ask("POST", path, {"identifier": "x"}, status=422)
    assert len((await house.ask("GET", path))["scorecards"]) == 1
    await house.write(
        "component",
        {"identifier": "web", "properties": {"status": "operational"}},
        {"identifier": "api", "properties": {"status": "major_outage"}},
    )
    assert (await house.entity("component", "web"))["scorecards"]["health"]["level"] == "Gold"
    assert (await house.entity("component", "api"))["scorecards"]["health"]["level"] == "Silver"
    await house.ask("GET", f"{path}/health")
    await house.ask("DELETE", f"{path}/health")
    await house.ask("GET", f"{path}/health", status=404)


@pytest.mark.parametrize("collection", ["pages", "actions", "workflows"])
async def test_documents_are_kept_as_they_came(house: House, collection: str) -> None:
    path = f"/v1/{collection}"
    document = {"identifier": "one", "widgets": [{"id": "w"}]}
    await house.ask("POST", path, document, status=201)
    await house.ask("POST", path, document, status=409)
    await house.ask("PUT", f"{path}/one", {"title": "One"})
    answer = await house.ask("GET", f"{path}/one")
    assert answer[collection.removesuffix("s")] == {**document, "title": "One"}
    assert len((await house.ask("GET", path))[collection]) == 1
    await house.ask("DELETE", f"{path}/one")
    await house.ask("GET", f"{path}/one", status=404)


async def test_relations_may_point_at_the_blueprint_itself(house: House) -> None:
    own = {**COMPONENT, "relations": {"page": {"target": "component"}}}
    await house.ask("POST", "/v1/blueprints", own, status=201)
    await house.write(
        "component",
        {"identifier": "a", "relations": {"page": "a"}},
        {"identifier": "b", "relations": {"page": "a"}},
    )
    path = "/v1/blueprints/component/bulk/entities/delete?delete_dependents=true"
    await house.ask("POST", path, {"entities": ["a"]})
    await house.ask("GET", "/v1/blueprints/component/entities/b", status=404)
