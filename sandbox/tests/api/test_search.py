"""Search, as Ocean asks."""

from typing import Any

import pytest

from tests.house import House

DATASOURCE = {"property": "$datasource", "operator": "contains", "value": "/my-statuspage/"}


@pytest.fixture(autouse=True)
async def catalog(house: House) -> None:
    await house.blueprints()
    await house.write("page", {"identifier": "acme", "title": "Acme"}, {"identifier": "globex"})
    await house.write(
        "component",
        {
            "identifier": "web",
            "properties": {"status": "operational", "position": 1},
            "relations": {"page": "acme"},
        },
        {"identifier": "api", "properties": {"status": "major_outage", "position": 2}},
    )


async def found(house: House, query: dict[str, Any], **params: Any) -> list[dict[str, Any]]:
    answer = await house.ask("POST", "/v1/entities/search", query, params=params)
    entities: list[dict[str, Any]] = answer["entities"]
    return entities


async def test_an_empty_or_matches_nothing(house: House) -> None:
    assert await found(house, {"combinator": "or", "rules": []}) == []
    nested = {"combinator": "and", "rules": [{"combinator": "or", "rules": []}, DATASOURCE]}
    assert await found(house, nested) == []


async def test_oceans_question_about_a_batch(house: House) -> None:
    def one(blueprint: str, identifier: str) -> dict[str, Any]:
        return {
            "combinator": "and",
            "rules": [
                {"property": "$identifier", "operator": "=", "value": identifier},
                {"property": "$blueprint", "operator": "=", "value": blueprint},
            ],
        }

    batch = [one("component", "web"), one("page", "globex"), one("page", "web")]
    query = {"combinator": "and", "rules": [{"combinator": "or", "rules": batch}, DATASOURCE]}
    entities = await found(
        house,
        query,
        include=["identifier", "blueprint", "properties.status", "properties.since"],
        exclude_calculated_properties="true",
    )
    assert entities == [
        {
            "identifier": "web",
            "blueprint": "component",
            "properties": {"status": "operational", "since": None},
        },
        {
            "identifier": "globex",
            "blueprint": "page",
            "properties": {"status": None, "since": None},
        },
    ]


@pytest.mark.parametrize(
    ("rule", "identifiers"),
    [
        ({"property": "position", "operator": ">", "value": 1}, ["api"]),
        ({"property": "loud", "operator": "=", "value": "OPERATIONAL!"}, ["web"]),
        ({"relation": "page", "operator": "isEmpty"}, ["api"]),
        (
            {
                "operator": "relatedTo",
                "blueprint": "page",
                "value": "acme",
                "direction": "downstream",
            },
            ["web"],
        ),
    ],
)
async def test_rules_about_properties_and_relations(
    house: House, rule: dict[str, Any], identifiers: list[str]
) -> None:
    own = {"property": "$blueprint", "operator": "=", "value": "component"}
    entities = await found(house, {"combinator": "and", "rules": [own, rule]})
    assert [entity["identifier"] for entity in entities] == identifiers


async def test_upstream_is_what_an_entity_depends_on(house: House) -> None:
    rule = {
        "operator": "relatedTo",
        "blueprint": "component",
        "value": ["web"],
        "direction": "upstream",
    }
    entities = await found(house, {"combinator": "and", "rules": [rule]})
    assert [entity["identifier"] for entity in entities] == ["acme"]


async def test_a_blueprint_is_searched_in_pages(house: House) -> None:
    path = "/v1/blueprints/component/entities/search"
    first = await house.ask("POST", path, {"limit": 1, "include": ["identifier"]})
    assert (first["entities"], first["next"]) == ([{"identifier": "web"}], "1")
    last = await house.ask("POST", path, {"limit": 1, "from": "1", "exclude": ["properties"]})
    assert last["entities"][0]["identifier"] == "api"
    assert last["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"combinator": "xor", "rules": []},
        {"combinator": "and", "rules": {}},
        {"combinator": "and", "rules": [], "more": 1},
        {"combinator": "and", "rules": ["x"]},
        {"combinator": "and", "rules": [{"property": "a", "operator": "like", "value": 1}]},
        {"combinator": "and", "rules": [{"property": "a", "operator": "in", "value": 1}]},
        {"combinator": "and", "rules": [{"operator": "=", "value": 1}]},
        {"combinator": "and", "rules": [{"operator": "relatedTo"}]},
    ],
)
async def test_a_query_that_port_would_refuse_is_refused(
    house: House, query: dict[str, Any]
) -> None:
    answer = await house.ask("POST", "/v1/entities/search", query, status=422)
    assert answer["ok"] is False
    assert answer["error"] == "invalid_request"
