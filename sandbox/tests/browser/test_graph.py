"""The graph: every blueprint, every relation, nothing on top of something else."""

from itertools import combinations

import pytest

from tests.browser.ocean import Ocean
from tests.browser.reader import Reader

LONG = "A blueprint with a title that no box of any width could ever hold in a single line WWWWW"
TITLES = """return [...document.querySelectorAll("svg .arrow > title")]
  .map((one) => one.textContent)"""
# The rectangles of the boxes and names, as they are on the screen.
PLACES = """return [...document.querySelectorAll(arguments[0])].map((one) => {
  const place = one.getBoundingClientRect();
  return [place.left, place.top, place.right, place.bottom];
})"""
# Whether a text is wider or higher than what it stands in.
SPILLS = """return [...document.querySelectorAll("svg .inside, svg .inside > *, svg .name")].filter(
  (one) => getComputedStyle(one).overflow !== "hidden" && (one.scrollWidth > one.clientWidth
    || one.scrollHeight > one.clientHeight)).map((one) => one.textContent)"""
# Every box and name that some point of an arrow's line lies within.
CROSSED = """const found = [];
const places = [...document.querySelectorAll("svg rect, svg .name")];
for (const line of document.querySelectorAll("svg .line")) {
  const matrix = line.getScreenCTM(), length = line.getTotalLength();
  for (let at = 3; at < length - 3; at += 2) {
    const point = line.getPointAtLength(at).matrixTransform(matrix);
    for (const one of places) {
      const place = one.getBoundingClientRect();
      if (point.x > place.left + 1 && point.x < place.right - 1
        && point.y > place.top + 1 && point.y < place.bottom - 1) found.push(one.textContent);
    }
  }
}
return found"""


@pytest.fixture
def graph(ocean: Ocean, reader: Reader) -> Reader:
    relations = {
        name: {"target": name, "title": f"{LONG} {name}"}
        for name in ("page", "group", "component", "incident", "long")
    }
    ocean.ask("POST", "/v1/blueprints", {"identifier": "long", "title": LONG, "schema": {}})
    ocean.ask("PATCH", "/v1/blueprints/long", {"relations": relations})
    back = {"last": {"title": "Last", "target": "long"}}
    ocean.ask("PATCH", "/v1/blueprints/page", {"relations": back})
    reader.open("/graph")
    return reader


def test_it_shows_every_blueprint_and_every_relation(graph: Reader) -> None:
    assert graph.count("svg .box") == 5
    arrows = {one.partition(":")[0] for one in graph.run(TITLES)}
    assert arrows == {
        *("group to page", "component to page", "component to group", "incident to component"),
        *("incident to page", "incident to incident", "page to long"),
        *(f"long to {name}" for name in ("page", "group", "component", "incident", "long")),
    }


def test_no_box_and_no_text_lies_on_another(graph: Reader) -> None:
    places = graph.run(PLACES, "svg rect, svg .name")
    assert len(places) == 5 + 12
    for one, other in combinations(places, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_no_text_spills_out_and_no_arrow_crosses_a_box_or_a_text(graph: Reader) -> None:
    assert graph.run(SPILLS) == []
    assert graph.run(CROSSED) == []


def test_all_of_it_is_within_the_drawing(graph: Reader) -> None:
    (left, top, right, bottom), *_ = graph.run(PLACES, "svg")
    for place in graph.run(PLACES, "svg rect, svg .name, svg .line"):
        assert left <= place[0]
        assert top <= place[1]
        assert place[2] <= right
        assert place[3] <= bottom


def test_a_box_leads_to_its_table_by_mouse_and_by_key(graph: Reader) -> None:
    graph.one('svg .box[data-key="component"]').click()
    assert graph.text("h1") == "Component"
    graph.open("/graph")
    graph.run("document.querySelector('svg .box[data-key=incident]').focus()")
    graph.press("\ue007")
    graph.wait_for("Incident", "h1")
