"""Upserts, validation, deletion and ownership, asked over HTTP."""

import json
from typing import Any

import pytest

from tests.api_client import OCEAN, ApiClient

ACME = {"identifier": "acme", "title": "Acme", "properties": {"url": "https://acme.example/x"}}
WEB = {
    "identifier": "web",
    "properties": {"status": "operational"},
    "relations": {"page": "acme"},
}


@pytest.fixture(autouse=True)
async def catalog(api: ApiClient) -> None:
    await api.blueprints()
    await api.write("page", ACME)


async def test_a_bulk_says_of_each_entity_how_it_went(api: ApiClient) -> None:
    bad = {"identifier": "bad", "properties": {"status": "sleeping"}}
    lost = {"identifier": "lost", "relations": {"page": "nowhere"}}
    answer = await api.write("component", WEB, bad, lost, status=207)
    assert answer["entities"] == [{"identifier": "web", "index": 0, "created": True}]
    first, second = answer["errors"]
    assert (first["index"], first["statusCode"], first["error"]) == (1, 422, "invalid_request")
    assert first["message"].startswith('"status" must be equal to one of the allowed values')
    assert (second["index"], second["statusCode"], second["error"]) == (2, 404, "not_found")
    assert second["message"] == (
        'Entity with identifier "nowhere" does not exist in the blueprint "page"'
    )


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        ({"position": "first"}, '"position" must be number'),
        ({"status": 34}, '"status" must be string'),
        ({"notes": 1234567890123456789}, '"notes" must be string'),
        ({"since": "yesterday"}, '"since" must match format "date-time"'),
    ],
)
async def test_values_must_fit_the_blueprint(
    api: ApiClient, properties: dict[str, Any], sentence: str
) -> None:
    refused = {"identifier": "x", "properties": {"position": 1, **properties}}
    answer = await api.write("component", refused, status=207)
    assert answer["errors"][0]["message"] == sentence
    assert answer["entities"] == []
    await api.ask("GET", "/v1/blueprints/component/entities/x", status=404)


async def test_a_property_that_the_blueprint_lacks_is_dropped(api: ApiClient) -> None:
    await api.write("component", {**WEB, "properties": {"colour": "red"}})
    assert "colour" not in (await api.entity("component", "web"))["properties"]


async def test_a_relation_that_the_blueprint_lacks_is_refused(api: ApiClient) -> None:
    answer = await api.write("component", {**WEB, "relations": {"owner": "x"}}, status=207)
    assert answer["errors"][0]["statusCode"] == 422


async def test_missing_related_entities_are_made_when_asked_for(api: ApiClient) -> None:
    lost = {"identifier": "lost", "relations": {"page": "new"}}
    await api.write("component", lost, create_missing=True)
    assert (await api.entity("page", "new"))["title"] is None


async def test_a_merge_keeps_what_was_not_sent_and_a_null_clears(api: ApiClient) -> None:
    await api.write("component", {**WEB, "properties": {"status": "operational", "position": 1}})
    await api.write("component", {"identifier": "web", "properties": {"position": None}})
    entity = await api.entity("component", "web")
    assert entity["properties"]["status"] == "operational"
    assert entity["properties"]["position"] is None
    assert entity["relations"] == {"page": "acme"}


async def test_without_upsert_an_entity_that_is_there_is_a_conflict(api: ApiClient) -> None:
    path = "/v1/blueprints/page/entities"
    answer = await api.ask("POST", path, ACME, status=409)
    assert answer["error"] == "conflict"
    await api.ask("POST", path, {"identifier": "acme"}, params={"upsert": "true"})
    assert "url" not in (await api.entity("page", "acme"))["properties"]


async def test_validation_alone_writes_nothing(api: ApiClient) -> None:
    flags = {"upsert": "true", "validation_only": "true"}
    await api.ask(
        "POST", "/v1/blueprints/page/entities", {"identifier": "n"}, status=201, params=flags
    )
    await api.ask("GET", "/v1/blueprints/page/entities/n", status=404)


@pytest.mark.parametrize(
    "text", ["2026-11-21T10:00:00.120+01:00", "<b>é 🦆</b>", "\ud83d", " a\r\n", "\u0000"]
)
async def test_strings_come_back_byte_for_byte(api: ApiClient, text: str) -> None:
    name = "since" if text.startswith("2026") else "notes"
    await api.client.post(
        "/v1/blueprints/component/entities",
        content=json.dumps({"identifier": "web", "properties": {name: text}}),
    )
    assert (await api.entity("component", "web"))["properties"][name] == text


async def test_an_entity_is_shown_with_what_is_computed(api: ApiClient) -> None:
    await api.write("component", WEB, {"identifier": "odd", "relations": {"page": "acme"}})
    shown = (await api.entity("component", "web"))["properties"]
    assert shown["pageName"] == "Acme"
    assert shown["loud"] == "OPERATIONAL!"
    assert shown["host"] == "acme.example", "a calculation sees mirrors"
    assert (await api.entity("component", "odd"))["properties"]["loud"] is None, "it failed"
    assert (await api.entity("page", "acme"))["properties"]["components"] == 2
    await api.write("component", {"identifier": "web", "properties": {"status": "major_outage"}})
    assert (await api.entity("page", "acme"))["properties"]["down"] == 1


async def test_deleting_with_dependents_takes_all_that_points_there(api: ApiClient) -> None:
    await api.write("component", WEB)
    path = "/v1/blueprints/page/bulk/entities/delete?delete_dependents=true"
    answer = await api.ask("POST", path, {"entities": ["acme", "gone"]})
    assert answer["deletedEntities"] == ["acme"]
    await api.ask("GET", "/v1/blueprints/component/entities/web", status=404)


async def test_deleting_alone_empties_the_pointers(api: ApiClient) -> None:
    await api.write("component", WEB)
    await api.ask("DELETE", "/v1/blueprints/page/entities/acme")
    assert (await api.entity("component", "web"))["relations"] == {"page": None}
    await api.ask("DELETE", "/v1/blueprints/page/entities/acme", status=404)


async def test_a_required_pointer_forbids_deleting(api: ApiClient) -> None:
    required = {"relations": {"page": {"target": "page", "required": True}}}
    await api.ask("PATCH", "/v1/blueprints/component", required)
    await api.write("component", WEB)
    answer = await api.ask("DELETE", "/v1/blueprints/page/entities/acme", status=422)
    assert answer["error"] == "has_dependents"
    answer = await api.write("component", {"identifier": "x"}, status=207)
    assert answer["errors"][0]["message"] == 'must have required relation "page"'


async def owned(api: ApiClient, identifier: str, **more: Any) -> list[str]:
    body = {
        "datasource_prefix": "port-ocean/statuspage/",
        "datasource_suffix": f"/{identifier}/exporter",
        **more,
    }
    answer = await api.ask("POST", "/v1/blueprints/entities/datasource-entities", body)
    return [entity["identifier"] for entity in answer["entities"]]


async def test_an_integration_is_told_only_what_it_wrote(api: ApiClient) -> None:
    await api.write("page", {"identifier": "b"}, agent=OCEAN.replace("my-", "your-"))
    await api.write("page", {"identifier": "c"}, agent=OCEAN.replace("my-", "x/my-"))
    await api.write("page", {"identifier": "d"}, agent="curl/8")
    assert await owned(api, "my-statuspage") == ["acme"]
    assert await owned(api, "your-statuspage") == ["b"]


async def test_what_was_written_since_is_not_told(api: ApiClient) -> None:
    api.clock.move(minutes=1)
    start = api.clock.now.isoformat()
    api.clock.move(minutes=1)
    await api.write("page", {"identifier": "new"})
    assert await owned(api, "my-statuspage", before=start) == ["acme"]


async def test_what_an_integration_wrote_is_told_in_pages(api: ApiClient) -> None:
    await api.write("page", *({"identifier": f"p{n}"} for n in range(4)))
    body = {
        "datasource_prefix": "port-ocean/statuspage/",
        "datasource_suffix": "/my-statuspage/exporter",
        "limit": 2,
    }
    seen: list[str] = []
    while True:
        answer = await api.ask("POST", "/v1/blueprints/entities/datasource-entities", body)
        seen += [entity["identifier"] for entity in answer["entities"]]
        if not answer["next"]:
            break
        body["from"] = answer["next"]
    assert seen == ["acme", "p0", "p1", "p2", "p3"]


async def test_entities_may_have_slashes_in_their_names(api: ApiClient) -> None:
    await api.write("page", {"identifier": "a/b"})
    assert (await api.entity("page", "a%2Fb"))["identifier"] == "a/b"


async def test_an_entity_can_be_changed_and_replaced(api: ApiClient) -> None:
    path = "/v1/blueprints/page/entities/acme"
    await api.ask("PATCH", path, {"title": "ACME"})
    changed = await api.entity("page", "acme")
    assert changed["title"] == "ACME"
    assert changed["properties"]["url"]
    await api.ask("PUT", path, {"title": "New"})
    assert "url" not in (await api.entity("page", "acme"))["properties"]
    assert len((await api.ask("GET", "/v1/blueprints/page/entities"))["entities"]) == 1


@pytest.mark.parametrize("count", [0, 21])
async def test_a_bulk_has_one_to_twenty_entities(api: ApiClient, count: int) -> None:
    await api.write("page", *({"identifier": f"n{n}"} for n in range(count)), status=422)
