"""The page: what is shown, and that nothing gets out of its place."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from port_sandbox.core.graph_layout import drawn
from port_sandbox.page.cells import cell
from port_sandbox.page.rendering import blueprint_link, entity_link
from tests.api_client import COMPONENT, PAGE, ApiClient

EVIL = '<script>alert("1")</script>'


@pytest.fixture
async def catalog(api: ApiClient) -> None:
    await api.blueprints()
    await api.write(
        "page",
        {"identifier": "acme", "title": "Acme", "properties": {"url": "javascript:alert(1)"}},
    )
    for number in range(60):
        down = number % 10 == 0
        await api.write(
            "component",
            {
                "identifier": f"c{number:02}",
                "title": f"Part {number:02}",
                "properties": {
                    "status": "major_outage" if down else "operational",
                    "position": number,
                },
                "relations": {"page": "acme"},
            },
        )


class Structure(HTMLParser):
    """Notes scripts, and addresses that would be fetched or followed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        values = dict(attrs)
        if "src" in values or tag in {"img", "link", "iframe"}:
            self.fetched.append(tag)
        if href := values.get("href"):
            self.links.append(href)


async def test_an_empty_sandbox_says_what_to_do(api: ApiClient) -> None:
    assert "OCEAN__PORT__BASE_URL=http://sandbox" in await api.page("/")
    for path in ("/graph", "/resyncs", "/logs", "/definitions"):
        await api.page(path)


@pytest.mark.usefixtures("catalog")
async def test_home_counts_and_tells_what_changed(api: ApiClient) -> None:
    text = await api.page("/")
    assert "61 entities of 2 blueprints" in text
    assert "Part 59" in text


@pytest.mark.usefixtures("catalog")
async def test_a_table_has_pages_filters_and_an_order(api: ApiClient) -> None:
    table = "/blueprint?blueprint=component"
    assert "60 of 60 entities" in await api.page(table)
    assert "Page 2 of 2" in await api.page(f"{table}&page=99")
    assert "6 of 60 entities" in await api.page(f"{table}&is.status=major_outage")
    assert "10 of 60 entities" in await api.page(f"{table}&text=PART+1")
    assert "No entity fits" in await api.page(f"{table}&text=nothing")
    for sort in ("position", "loud", "page", "$title", "nonsense"):
        await api.page(f"{table}&sort={sort}")
    text = await api.page(f"{table}&sort=position&descending=1")
    assert text.index("Part 59") < text.index("Part 58")
    assert 'aria-sort="descending"' in text
    assert "c-red" in await api.page(f"{table}&is.status=major_outage")


@pytest.mark.usefixtures("catalog")
async def test_a_table_has_the_columns_that_fit_and_all_when_asked(api: ApiClient) -> None:
    table = "/blueprint?blueprint=component"
    await api.write("component", {"identifier": "c00", "properties": {"notes": "Much"}})
    first = await api.page(table)
    assert "1 more column" in first
    assert "sort=notes" not in first
    assert "sort=notes" in await api.page(f"{table}&sort=notes"), "what is sorted by is shown"
    every = await api.page(f"{table}&columns=all")
    assert "sort=notes" in every
    assert "more column" not in every
    assert "columns=all" in every, "another order keeps them"


@pytest.mark.usefixtures("catalog")
async def test_an_entity_leads_both_ways_and_has_a_history(api: ApiClient) -> None:
    await api.write("component", {"identifier": "c00", "properties": {"status": "operational"}})
    text = await api.page("/entity?blueprint=component&identifier=c00")
    assert "blueprint=page&amp;identifier=acme" in text
    assert "became" in text
    assert "OPERATIONAL!" in text
    text = await api.page("/entity?blueprint=page&identifier=acme")
    assert "identifier=c00" in text
    assert "and 48 more" in text
    assert "blueprint=component&amp;at.page=acme" in text
    assert "60 of 60 entities" in await api.page("/blueprint?blueprint=component&at.page=acme")
    assert "0 of 60 entities" in await api.page("/blueprint?blueprint=component&at.page=other")
    assert "javascript:alert(1)" not in Structure(text).links


@pytest.mark.usefixtures("catalog")
async def test_a_deleted_entity_keeps_its_history(api: ApiClient) -> None:
    await api.ask("DELETE", "/v1/blueprints/component/entities/c00")
    assert "was deleted" in await api.page("/entity?blueprint=component&identifier=c00")


async def test_what_is_not_there(api: ApiClient) -> None:
    assert "was not found" in await api.page("/blueprint?blueprint=x", 404)
    await api.page("/entity?blueprint=x&identifier=y", 404)


async def test_what_was_written_never_becomes_part_of_the_page(api: ApiClient) -> None:
    await api.ask("POST", "/v1/blueprints", {**PAGE, "title": EVIL}, status=201)
    own = {**COMPONENT, "title": EVIL, "description": EVIL}
    await api.ask("POST", "/v1/blueprints", own, status=201)
    notes = f"{EVIL} ![x](https://evil.example/x.png) [y](javascript:alert(1)) **bold**"
    evil = {"identifier": "e", "title": EVIL, "properties": {"notes": notes}}
    await api.write("component", evil)
    await api.ask("POST", "/v1/pages", {"identifier": "p", "title": EVIL}, status=201)
    entity = "/entity?blueprint=component&identifier=e"
    for path in ("/", "/graph", "/definitions", "/blueprint?blueprint=component", entity):
        answer = await api.client.get(path)
        found = Structure(answer.text)
        assert found.scripts == 1, path
        assert found.fetched == [], path
        assert not [link for link in found.links if link.startswith("javascript")], path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<strong>bold</strong>" in await api.page(entity)


async def test_the_pulse_moves_with_every_change(api: ApiClient) -> None:
    before = (await api.ask("GET", "/pulse"))["version"]
    assert (await api.ask("GET", "/pulse"))["version"] == before
    await api.ask("POST", "/v1/blueprints", PAGE, status=201)
    assert (await api.ask("GET", "/pulse"))["version"] > before


@pytest.mark.parametrize(
    ("value", "definition", "look"),
    [
        (None, {}, "empty"),
        (True, {}, "text"),
        (1234, {}, "number"),
        ({"a": 1}, {}, "json"),
        (["a", 1], {}, "text"),
        ("x", {"enum": ["x"], "enumColors": {"x": "nocolour"}}, "badge"),
        ("https://a.example", {"format": "url"}, "link"),
        ("https://[a", {"format": "url"}, "text"),
        ("ftp://a.example", {"format": "url"}, "text"),
        ("2026-11-21T10:00:00Z", {"format": "date-time"}, "moment"),
        ("soon", {"format": "date-time"}, "text"),
    ],
)
def test_the_look_of_a_value(value: object, definition: dict[str, object], look: str) -> None:
    assert cell(value, definition).look == look


def test_the_graph_stands_still_in_a_circle() -> None:
    circle = [
        {"identifier": one, "title": one, "relations": {"r": {"target": other}}}
        for one, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"))
    ]
    drawing = drawn(circle)
    assert len({(box.x, box.y) for box in drawing.boxes}) == 4
    assert len(drawing.arrows) == 4


@pytest.mark.parametrize(
    "odd", ["a/b", "a?b=c&d", "a#b", "a b", "a%2Fb", "ä-名前-🙂", '"<b>', "a+b"]
)
def test_a_link_carries_any_identifier_whole(odd: str) -> None:
    for link in (entity_link("page", odd), blueprint_link("page", identifier=odd)):
        assert parse_qs(urlsplit(link).query) == {"blueprint": ["page"], "identifier": [odd]}
        assert urlsplit(link).fragment == ""
