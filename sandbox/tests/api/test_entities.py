"""Upserts, validation, deletion and ownership, asked over HTTP."""

import json
from typing import Any

import pytest

from tests.house import OCEAN, House

ACME = {"identifier": "acme", "title": "Acme", "properties": {"url": "https://acme.example/x"}}
WEB = {
    "identifier": "web",
    "properties": {"status": "operational"},
    "relations": {"page": "acme"},
}


@pytest.fixture(autouse=True)
async def catalog(house: House) -> None:
    await house.blueprints()
    await house.write("page", ACME)


async def test_a_bulk_says_of_each_entity_how_it_went(house: House) -> None:
    bad = {"identifier": "bad", "properties": {"status": "sleeping"}}
    lost = {"identifier": "lost", "relations": {"page": "nowhere"}}
    answer = await house.write("component", WEB, bad, lost, status=207)
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
        ({"since": "yesterday"}, '"since" must match format "date-time"'),
    ],
)
async def test_values_must_fit_the_blueprint(
    house: House, properties: dict[str, Any], sentence: str
) -> None:
    answer = await house.write(
        "component", {"identifier": "x", "properties": properties}, status=207
    )
    assert answer["errors"][0]["message"] == sentence


async def test_a_property_that_the_blueprint_lacks_is_dropped(house: House) -> None:
    await house.write("component", {**WEB, "properties": {"colour": "red"}})
    assert "colour" not in (await house.entity("component", "web"))["properties"]


async def test_a_relation_that_the_blueprint_lacks_is_refused(house: House) -> None:
    answer = await house.write("component", {**WEB, "relations": {"owner": "x"}}, status=207)
    assert answer["errors"][0]["statusCode"] == 422


async def test_missing_related_entities_are_made_when_asked_for(house: House) -> None:
    lost = {"identifier": "lost", "relations": {"page": "new"}}
    await house.write("component", lost, create_missing=True)
    assert (await house.entity("page", "new"))["title"] is None


async def test_a_merge_keeps_what_was_not_sent_and_a_null_clears(house: House) -> None:
    await house.write("component", {**WEB, "properties": {"status": "operational", "position": 1}})
    await house.write("component", {"identifier": "web", "properties": {"position": None}})
    entity = await house.entity("component", "web")
    assert entity["properties"]["status"] == "operational"
    assert entity["properties"]["position"] is None
    assert entity["relations"] == {"page": "acme"}


async def test_without_upsert_an_entity_that_is_there_is_a_conflict(house: House) -> None:
    path = "/v1/blueprints/page/entities"
    answer = await house.ask("POST", path, ACME, status=409)
    assert answer["error"] == "conflict"
    await house.ask("POST", path, {"identifier": "acme"}, params={"upsert": "true"})
    assert "url" not in (await house.entity("page", "acme"))["properties"]


async def test_validation_alone_writes_nothing(house: House) -> None:
    flags = {"upsert": "true", "validation_only": "true"}
    await house.ask(
        "POST", "/v1/blueprints/page/entities", {"identifier": "n"}, status=201, params=flags
    )
    await house.ask("GET", "/v1/blueprints/page/entities/n", status=404)


@pytest.mark.parametrize(
    "text", ["2026-11-21T10:00:00.120+01:00", "<b>é 🦆</b>", "\ud83d", " a\r\n", "\u0000"]
)
async def test_strings_come_back_byte_for_byte(house: House, text: str) -> None:
    name = "since" if text.startswith("2026") else "notes"
    await house.client.post(
        "/v1/blueprints/component/entities",
        content=json.dumps({"identifier": "web", "properties": {name: text}}),
    )
    assert (await house.entity("component", "web"))["properties"][name] == text


async def test_an_entity_is_shown_with_what_is_computed(house: House) -> None:
    await house.write("component", WEB, {"identifier": "odd", "relations": {"page": "acme"}})
    shown = (await house.entity("component", "web"))["properties"]
    assert shown["pageName"] == "Acme"
    assert shown["loud"] == "OPERATIONAL!"
    assert shown["host"] == "acme.example", "a calculation sees mirrors"
    assert (await house.entity("component", "odd"))["properties"]["loud"] is None, "it failed"
    assert (await house.entity("page", "acme"))["properties"]["components"] == 2
    await house.write("component", {"identifier": "web", "properties": {"status": "major_outage"}})
    assert (await house.entity("page", "acme"))["properties"]["down"] == 1


async def test_deleting_with_dependents_takes_all_that_points_there(house: House) -> None:
    await house.write("component", WEB)
    path = "/v1/blueprints/page/bulk/entities/delete?delete_dependents=true"
    answer = await house.ask("POST", path, {"entities": ["acme", "gone"]})
    assert answer["deletedEntities"] == ["acme"]
    await house.ask("GET", "/v1/blueprints/component/entities/web", status=404)


async def test_deleting_alone_empties_the_pointers(house: House) -> None:
    await house.write("component", WEB)
    await house.ask("DELETE", "/v1/blueprints/page/entities/acme")
    assert (await house.entity("component", "web"))["relations"] == {"page": None}
    await house.ask("DELETE", "/v1/blueprints/page/entities/acme", status=404)


async def test_a_required_pointer_forbids_deleting(house: House) -> None:
    required = {"relations": {"page": {"target": "page", "required": True}}}
    await house.ask("PATCH", "/v1/blueprints/component", required)
    await house.write("component", WEB)
    answer = await house.ask("DELETE", "/v1/blueprints/page/entities/acme", status=422)
    assert answer["error"] == "has_dependents"
    answer = await house.write("component", {"identifier": "x"}, status=207)
    assert answer["errors"][0]["message"] == 'must have required relation "page"'


async def owned(house: House, identifier: str, **more: Any) -> list[str]:
    body = {
        "datasource_prefix": "port-ocean/statuspage/",
        "datasource_suffix": f"/{identifier}/exporter",
        **more,
    }
    answer = await house.ask("POST", "/v1/blueprints/entities/datasource-entities", body)
    return [entity["identifier"] for entity in answer["entities"]]


async def test_an_integration_is_told_only_what_it_wrote(house: House) -> None:
    await house.write("page", {"identifier": "b"}, agent=OCEAN.replace("my-", "your-"))
    await house.write("page", {"identifier": "c"}, agent=OCEAN.replace("my-", "x/my-"))
    await house.write("page", {"identifier": "d"}, agent="curl/8")
    assert await owned(house, "my-statuspage") == ["acme"]
    assert await owned(house, "your-statuspage") == ["b"]


async def test_what_was_written_since_is_not_told(house: House) -> None:
    house.clock.move(minutes=1)
    start = house.clock.now.isoformat()
    house.clock.move(minutes=1)
    await house.write("page", {"identifier": "new"})
    assert await owned(house, "my-statuspage", before=start) == ["acme"]


async def test_what_an_integration_wrote_is_told_in_pages(house: House) -> None:
    await house.write("page", *({"identifier": f"p{n}"} for n in range(4)))
    body = {
        "datasource_prefix": "port-ocean/statuspage/",
        "datasource_suffix": "/my-statuspage/exporter",
        "limit": 2,
    }
    seen: list[str] = []
    while True:
        answer = await house.ask("POST", "/v1/blueprints/entities/datasource-entities", body)
        seen += [entity["identifier"] for entity in answer["entities"]]
        if not answer["next"]:
            break
        body["from"] = answer["next"]
    assert seen == ["acme", "p0", "p1", "p2", "p3"]


async def test_entities_may_have_slashes_in_their_names(house: House) -> None:
    await house.write("page", {"identifier": "a/b"})
    assert (await house.entity("page", "a%2Fb"))["identifier"] == "a/b"


async def test_an_entity_can_be_changed_and_replaced(house: House) -> None:
    path = "/v1/blueprints/page/entities/acme"
    await house.ask("PATCH", path, {"title": "ACME"})
    changed = await house.entity("page", "acme")
    assert changed["title"] == "ACME"
    assert changed["properties"]["url"]
    await house.ask("PUT", path, {"title": "New"})
    assert "url" not in (await house.entity("page", "acme"))["properties"]
    assert len((await house.ask("GET", "/v1/blueprints/page/entities"))["entities"]) == 1


@pytest.mark.parametrize("count", [0, 21])
async def test_a_bulk_has_one_to_twenty_entities(house: House, count: int) -> None:
    await house.write("page", *({"identifier": f"n{n}"} for n in range(count)), status=422)
