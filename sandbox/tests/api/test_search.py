"""Search, as Ocean asks."""

from typing import Any

import pytest

from tests.api_client import ApiClient

DATASOURCE = {"property": "$datasource", "operator": "contains", "value": "/my-statuspage/"}


@pytest.fixture(autouse=True)
async def catalog(api: ApiClient) -> None:
    await api.blueprints()
    await api.write("page", {"identifier": "acme", "title": "Acme"}, {"identifier": "globex"})
    await api.write(
        "component",
        {
            "identifier": "web",
            "properties": {"status": "operational", "position": 1},
            "relations": {"page": "acme"},
        },
        {"identifier": "api", "properties": {"status": "major_outage", "position": 2}},
    )


async def found(api: ApiClient, query: dict[str, Any], **params: Any) -> list[dict[str, Any]]:
    answer = await api.ask("POST", "/v1/entities/search", query, params=params)
    entities: list[dict[str, Any]] = answer["entities"]
    return entities


async def test_an_empty_or_matches_nothing(api: ApiClient) -> None:
    assert await found(api, {"combinator": "or", "rules": []}) == []
    nested = {"combinator": "and", "rules": [{"combinator": "or", "rules": []}, DATASOURCE]}
    assert await found(api, nested) == []


async def test_oceans_question_about_a_batch(api: ApiClient) -> None:
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
        api,
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
    api: ApiClient, rule: dict[str, Any], identifiers: list[str]
) -> None:
    own = {"property": "$blueprint", "operator": "=", "value": "component"}
    entities = await found(api, {"combinator": "and", "rules": [own, rule]})
    assert [entity["identifier"] for entity in entities] == identifiers


async def test_upstream_is_what_an_entity_depends_on(api: ApiClient) -> None:
    rule = {
        "operator": "relatedTo",
        "blueprint": "component",
        "value": ["web"],
        "direction": "upstream",
    }
    entities = await found(api, {"combinator": "and", "rules": [rule]})
    assert [entity["identifier"] for entity in entities] == ["acme"]


async def test_a_blueprint_is_searched_in_pages(api: ApiClient) -> None:
    path = "/v1/blueprints/component/entities/search"
    first = await api.ask("POST", path, {"limit": 1, "include": ["identifier"]})
    assert (first["entities"], first["next"]) == ([{"identifier": "web"}], "1")
    last = await api.ask("POST", path, {"limit": 1, "from": "1", "exclude": ["properties"]})
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
    api: ApiClient, query: dict[str, Any]
) -> None:
    answer = await api.ask("POST", "/v1/entities/search", query, status=422)
    assert answer["ok"] is False
    assert answer["error"] == "invalid_request"
