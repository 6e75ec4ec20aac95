"""Scorecards as tables, and what is news or over in the tables of the catalog."""

from tests.api_client import ApiClient, Document

INCIDENT: Document = {
    "identifier": "incident",
    "title": "Incident",
    "schema": {
        "properties": {
            "status": {
                "type": "string",
                "enum": ["open", "resolved"],
                "enumColors": {"open": "red", "resolved": "green"},
            },
            "impact": {
                "type": "string",
                "enum": ["minor", "critical"],
                "enumColors": {"minor": "yellow", "critical": "red"},
            },
            "startedAt": {"type": "string", "format": "date-time"},
        }
    },
    "calculationProperties": {
        "kind": {"type": "string", "calculation": '"incident"', "colors": {"incident": "red"}}
    },
    "relations": {"page": {"target": "page"}},
}
CARD: Document = {
    "identifier": "care",
    "title": "Care",
    "filter": {
        "combinator": "and",
        "conditions": [{"property": "status", "operator": "=", "value": "resolved"}],
    },
    "levels": [{"title": "Basic", "color": "paleBlue"}, {"title": "Gold", "color": "gold"}],
    "rules": [
        {
            "identifier": "mild",
            "title": "Was mild",
            "level": "Gold",
            "query": {
                "combinator": "and",
                "conditions": [{"property": "impact", "operator": "=", "value": "minor"}],
            },
        }
    ],
}


async def fill(api: ApiClient) -> None:
    await api.blueprints()
    await api.write("page", {"identifier": "acme", "title": "Acme"})
    await api.ask("POST", "/v1/blueprints", INCIDENT, status=201)
    for day, status, impact in ((3, "resolved", "critical"), (9, "open", "critical")):
        await incident(api, day, status, impact)


async def incident(api: ApiClient, day: int, status: str, impact: str) -> None:
    at = f"2026-11-{day:02}T08:00:00Z"
    own = {"identifier": f"i{day:02}", "title": f"Incident of {day:02}"}
    properties = {"status": status, "impact": impact, "startedAt": at}
    await api.write("incident", {**own, "properties": properties, "relations": {"page": "acme"}})


async def test_each_entity_stands_against_each_rule(api: ApiClient) -> None:
    assert "No scorecard is here yet" in await api.page("/scorecards")
    await fill(api)
    await api.ask("POST", "/v1/blueprints/incident/scorecards", CARD, status=201)
    await incident(api, 5, "resolved", "minor")
    text = await api.page("/scorecards")
    assert "2 of 3 judged" in text
    rows = text.split("<tr data-key=")[1:]
    assert ["Incident of 05" in rows[0], "passed" in rows[0]] == [True, True]
    assert ["Incident of 03" in rows[1], "not yet" in rows[1]] == [True, True]
    assert len(rows) == 2, "the filter leaves the open one out"


async def test_a_long_scorecard_leads_to_all_of_it(api: ApiClient) -> None:
    await fill(api)
    await api.ask("POST", "/v1/blueprints/incident/scorecards", CARD, status=201)
    for day in range(10, 24):
        await incident(api, day, "resolved", "minor")
    assert "All 15" in await api.page("/scorecards")
    whole = await api.page("/scorecards?scorecard=incident/care")
    assert whole.count("<tr data-key") == 15


async def test_the_newest_incident_stands_first(api: ApiClient) -> None:
    await fill(api)
    await incident(api, 1, "open", "minor")
    table = await api.page("/blueprint?blueprint=incident")
    assert table.index("Incident of 09") < table.index("Incident of 03") < table.index("of 01")
    page = await api.page("/entity?blueprint=page&identifier=acme")
    assert page.index("Incident of 09") < page.index("Incident of 03") < page.index("of 01")


async def test_an_incident_that_is_over_is_not_red(api: ApiClient) -> None:
    await fill(api)
    over = await api.page("/entity?blueprint=incident&identifier=i03")
    properties = over[over.index("<dl>") : over.index("</dl>")]
    assert "c-green" in properties
    assert "critical" in properties
    assert "c-red" not in properties
    going_on = await api.page("/entity?blueprint=incident&identifier=i09")
    assert "c-red" in going_on[going_on.index("<dl>") : going_on.index("</dl>")]
