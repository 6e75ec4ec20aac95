"""The dashboard that came along with the blueprints, drawn from what the catalog holds."""

import re
from typing import Any

import pytest

from tests.actions import OPEN
from tests.api_client import NOON, ApiClient, Document

IS_DOWN = {"property": "status", "operator": "=", "value": "major_outage"}
LOUD = {"property": "loud", "operator": "=", "value": "MAJOR_OUTAGE!"}
OF_BLUEPRINT = {"property": "$blueprint", "operator": "=", "value": "component"}
NUMBER: Document = {"type": "entities-number-chart", "blueprint": "component", "func": "count"}
ENTITIES: Document = {**NUMBER, "calculationBy": "entities", "chartType": "countEntities"}
HEALTH: Document = {
    "identifier": "health",
    "title": "Health",
    "levels": [{"title": "Poor", "color": "red"}, {"title": "Good", "color": "green"}],
    "rules": [
        {
            "identifier": "up",
            "title": "Is up",
            "level": "Good",
            "query": {
                "combinator": "and",
                "conditions": [{"property": "status", "operator": "!=", "value": "major_outage"}],
            },
        }
    ],
}


@pytest.fixture(autouse=True)
async def catalog(api: ApiClient) -> None:
    await api.blueprints()
    await api.write("page", {"identifier": "acme", "title": "Acme"})
    for place, status in enumerate(("operational", "operational", "major_outage", None)):
        properties: Document = {
            "position": place + 0.5,
            "since": f"2026-11-{10 + 6 * place}T08:00Z",
        }
        if status:
            properties["status"] = status
        own = {"identifier": f"c{place}", "title": f"Part {place}", "properties": properties}
        await api.write("component", {**own, "relations": {"page": "acme"}})


async def draw(api: ApiClient, *widgets: Document) -> str:
    """Install a dashboard; return the first page of the sandbox."""
    named = [{"id": f"w{place}", "title": f"W{place}", **one} for place, one in enumerate(widgets)]
    columns = [{"id": one["id"], "size": 12 // len(named)} for one in named]
    root = {"id": "r", "type": "dashboard-widget", "layout": [{"columns": columns}]}
    page = {"identifier": "board", "title": "Board", "widgets": [{**root, "widgets": named}]}
    await api.ask("POST", "/v1/pages", page, status=201)
    return await api.page("/")


def text_of(html: str) -> str:
    """Return what can be read of a page."""
    main = html[html.index("<main") : html.index("</main")]
    plain = re.sub(r"<[^>]+>", " ", re.sub(r"<title>.*?</title>", "", main))
    return " ".join(plain.split())


async def test_without_a_dashboard_the_catalog_comes_first(api: ApiClient) -> None:
    assert "5 entities of 2 blueprints" in await api.page("/")
    assert "<h1>Board</h1>" in await draw(api, ENTITIES)
    assert "5 entities of 2 blueprints" in await api.page("/catalog")


@pytest.mark.parametrize(
    ("widget", "shown"),
    [
        ({}, "4"),
        ({"dataset": [IS_DOWN]}, "1"),
        ({"dataset": {"combinator": "and", "rules": [LOUD]}}, "1"),
        ({"calculationBy": "property", "func": "max", "property": "position"}, "3.5"),
        ({"calculationBy": "property", "func": "sum", "property": "position"}, "8"),
        ({"calculationBy": "property", "func": "min", "property": "nothing"}, "—"),
        ({"unit": "custom", "unitCustom": "parts"}, "4 parts"),
        ({"unit": "%"}, "4 %"),
        ({"chartType": "displaySingleProperty", "entity": "c1", "property": "position"}, "1.5"),
    ],
    ids=str,
)
async def test_a_number(api: ApiClient, widget: Document, shown: str) -> None:
    assert f"W0 {shown}" in text_of(await draw(api, {**ENTITIES, **widget}))


async def test_a_number_has_the_colour_of_the_first_rule_that_it_meets(api: ApiClient) -> None:
    rules = [
        {"operator": ">", "value": 9, "color": "red"},
        {"operator": ">", "value": 0, "color": "orange", "message": "Look at it"},
        {"operator": ">", "value": 1, "color": "blue"},
    ]
    html = await draw(api, {**ENTITIES, "conditionalFormatting": rules})
    assert 'class="big c-orange"' in html
    assert "Look at it" in html


async def test_a_number_leads_to_those_that_it_counts(api: ApiClient) -> None:
    html = await draw(api, {**ENTITIES, "dataset": [IS_DOWN]})
    link = "/blueprint?blueprint=component&widget=board%2Fw0"
    assert link.replace("&", "&amp;") in html
    table = await api.page(link)
    assert "1 of 4 entities" in table
    assert "Widget: W0" in table
    assert "1 of 4 entities" in await api.page(f"{link}&sort=$title")
    await api.page("/blueprint?blueprint=component&widget=board%2Fx", 404)


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ("property#status", "operational 2 major_outage 1 none 1"),
        ("calculation-property#loud", "OPERATIONAL! 2"),
        ("mirror-property#pageName", "Acme 4"),
        ("relation#page", "Acme 4"),
        ("scorecard#health", "Good 3 Poor 1"),
        ("scorecard-rule#health#up", "passed 3 not passed 1"),
    ],
)
@pytest.mark.parametrize("look", ["entities-pie-chart", "bar-chart"])
async def test_pies_and_bars_count_each_value(
    api: ApiClient, look: str, by: str, shown: str
) -> None:
    await api.ask("POST", "/v1/blueprints/component/scorecards", HEALTH, status=201)
    whole = {"combinator": "and", "rules": [OF_BLUEPRINT]}
    html = await draw(
        api, {"type": look, "blueprint": "component", "property": by, "dataset": whole}
    )
    assert shown in text_of(html)
    assert ("is.status=major_outage" in html) is (by == "property#status")


LINE: Document = {
    "type": "line-chart",
    "blueprint": "component",
    "chartType": "countEntities",
    "func": "count",
    "measureTimeBy": "since",
    "timeInterval": "isoWeek",
    "timeRange": {"preset": "last2Weeks"},
}


async def test_a_line_counts_what_happened_in_each_week(api: ApiClient) -> None:
    html = await draw(api, {**LINE, "breakdownProperty": "status"})
    assert "major_outage" not in html.split("<main")[1], "it happens later"
    assert 'aria-label="W0: operational 2 in all"' in html
    assert 'points="0,100.0 20,50.0 40,50.0"' in html
    assert "16 Nov: 1 operational" in html


async def test_a_line_measures_properties(api: ApiClient) -> None:
    measured = {"chartType": "aggregatePropertiesValues", "func": "max", "properties": ["position"]}
    html = await draw(api, {**LINE, **measured})
    assert 'aria-label="W0: position 2 in all"' in html


async def test_a_line_of_nothing_says_so(api: ApiClient) -> None:
    api.clock.now = NOON.replace(year=2020)
    html = await draw(api, {**LINE, "breakdownProperty": "status"})
    assert "Nothing happened in this time" in html


TABLE: Document = {
    "type": "table-entities-explorer",
    "dataset": {"combinator": "and", "rules": [OF_BLUEPRINT]},
    "blueprintConfig": {
        "component": {
            "propertiesSettings": {
                "shown": ["$title", "position", "page", "loud", "nonsense"],
                "order": ["$title", "loud", "position", "page"],
            },
            "sortSettings": {"sortBy": [{"property": "position", "order": "desc"}]},
        }
    },
}


async def test_a_table_has_the_chosen_columns_in_their_order(api: ApiClient) -> None:
    text = text_of(await draw(api, TABLE))
    assert "Title loud position page" in text
    rows = [text.index(f"Part {number}") for number in (3, 2, 1, 0)]
    assert rows == sorted(rows)
    assert "Acme" in text


async def test_a_narrow_table_has_fewer_columns(api: ApiClient) -> None:
    text = text_of(await draw(api, TABLE, *[ENTITIES] * 3))
    assert "Title loud Part 3" in text


async def test_a_long_table_shows_its_first_rows_and_leads_to_all(api: ApiClient) -> None:
    for number in range(20):
        await api.write("component", {"identifier": f"x{number:02}", "title": f"More {number:02}"})
    html = await draw(api, TABLE)
    assert html.count("<tr data-key") == 10
    assert ">All 24</a>" in html


async def test_actions_runs_texts_and_links(api: ApiClient) -> None:
    await api.ask("POST", "/v1/actions", OPEN, status=201)
    started = {"properties": {"page": "acme", "name": "Down"}}
    await api.ask("POST", "/v1/actions/open/runs", started, status=202)
    html = await draw(
        api,
        {"type": "action-card-widget", "actions": [{"action": "open"}, {"action": "gone"}]},
        {"type": "action-runs-table-widget", "action": "open"},
        {"type": "markdown", "markdown": "**bold** <script>1</script>"},
        {"type": "links-widget", "links": [{"title": "Docs", "url": "https://d.example"}]},
    )
    assert 'href="/self-service/start?action=open"' in html
    assert "Not here: gone" in html
    assert "/run?id=r_" in html
    assert "<strong>bold</strong> &lt;script&gt;" in html
    assert 'href="https://d.example"' in html


@pytest.mark.parametrize(
    ("widget", "why"),
    [
        ({"type": "iframe-widget"}, "does not draw widgets of the type iframe-widget"),
        ({**ENTITIES, "blueprint": "gone"}, "was not found"),
        ({**ENTITIES, "dataset": [{"property": "a", "operator": "~"}]}, "is not an operator"),
        ({"type": "entities-pie-chart", "blueprint": "component"}, "not what Port takes"),
    ],
    ids=str,
)
async def test_what_cannot_be_drawn_says_why_and_the_rest_is_there(
    api: ApiClient, widget: dict[str, Any], why: str
) -> None:
    text = text_of(await draw(api, widget, ENTITIES))
    assert why in text
    assert "W1 4" in text


async def test_several_dashboards_lead_to_each_other(api: ApiClient) -> None:
    await draw(api, ENTITIES)
    other = {"identifier": "other", "title": "Other", "widgets": [{"type": "dashboard-widget"}]}
    await api.ask("POST", "/v1/pages", other, status=201)
    assert "dashboard=other" in await api.page("/")
    assert "This dashboard has no widget" in await api.page("/?dashboard=other")
