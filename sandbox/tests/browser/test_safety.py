"""Whatever stands in the catalog is text, and can be clicked through."""

import pytest

from tests.browser.ocean import Ocean
from tests.browser.reader import Reader

SCRIPT = "window.owned = true"
EVIL = f'<img src=x onerror="{SCRIPT}"><script>{SCRIPT}</script>'
PAGES = (
    *("/", "/graph", "/definitions", "/resyncs", "/logs", "/blueprint?blueprint=evil"),
    "/entity?blueprint=evil&identifier=e",
    "/blueprint?blueprint=evil&at.self=e&text=%3Cimg",
)
# What Port's rule for identifiers lets in; ?, # and spaces it refuses.
ODD = ("a/b", "../x", "a\\b", "a+b", "a=b:c@d", "ä-名前", "...")


@pytest.fixture
def evil(ocean: Ocean) -> Ocean:
    text = {"type": "string", "title": EVIL, "enum": [EVIL], "description": EVIL}
    blueprint = {
        "identifier": "evil",
        "title": EVIL,
        "description": EVIL,
        "schema": {"properties": {"e": text, "note": {"type": "string", "format": "markdown"}}},
        "relations": {"self": {"target": "evil", "title": EVIL}},
    }
    ocean.ask("POST", "/v1/blueprints", blueprint)
    note = f"{EVIL} [click](javascript:{SCRIPT})"
    values = {"e": EVIL, "note": note}
    ocean.write("evil", {"identifier": "e", "title": EVIL, "properties": values})
    ocean.write("evil", {"identifier": "e", "relations": {"self": "e"}})
    ocean.log("ERROR", EVIL)
    ocean.ask("POST", "/v1/pages", {"identifier": "p", "title": EVIL})
    ocean.begin()
    ocean.report(EVIL, EVIL, EVIL, 1, 1)
    return ocean


@pytest.mark.usefixtures("evil")
def test_no_script_from_the_catalog_runs(reader: Reader) -> None:
    for page in PAGES:
        reader.open(page)
        assert EVIL in reader.text(), page
        assert reader.run("return window.owned ?? false") is False, page
        assert reader.count("img, main script, [onerror], a[href^=javascript]") == 0, page


def test_nor_when_it_comes_while_the_page_is_open(evil: Ocean, reader: Reader) -> None:
    reader.open("/blueprint?blueprint=evil")
    evil.write("evil", {"identifier": "late", "title": EVIL, "properties": {"note": EVIL}})
    reader.wait(lambda: reader.count("#entities tbody tr") == 2)
    assert reader.texts("#entities tbody th") == [EVIL, EVIL]
    assert reader.run("return window.owned ?? false") is False


def test_an_odd_identifier_can_be_clicked_through(ocean: Ocean, reader: Reader) -> None:
    for identifier in ODD:
        ocean.write("page", {"identifier": identifier, "title": "Odd", "properties": {}})
        part = f"Part {identifier}"
        odd = {"page": identifier}
        ocean.write("component", {"identifier": identifier, "title": part, "relations": odd})
        reader.open("/")
        reader.follow(part)
        assert reader.text("h1 + .sub code") == identifier
        reader.follow("Odd")
        assert reader.text("h1 + .sub code") == identifier
        reader.follow("Component")
        assert reader.texts("#entities tbody th") == [part]
