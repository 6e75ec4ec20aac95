"""It fits a phone, the dark, and hands that use no mouse."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.actions import MEND, OPEN
from tests.browser.ocean import Ocean
from tests.browser.reader import Reader

PAGES = (
    *("/", "/catalog", "/graph", "/resyncs", "/logs", "/definitions", "/scorecards"),
    *("/self-service", "/self-service/start?action=open", "/blueprint?blueprint=component"),
    *("/entity?blueprint=page&identifier=acme", "/entity?blueprint=component&identifier=long"),
)
# What is wider than the window, unless it can be scrolled for itself.
WIDER = """const width = document.documentElement.clientWidth;
const wide = [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".graph, dd table") && !one.matches(".skip"))
  .filter((one) => !one.closest(".scroll.wide"))
  .filter((one) => one.getBoundingClientRect().right > width + 1);
if (document.documentElement.scrollWidth > width) wide.push(document.documentElement);
return wide.map((one) => one.outerHTML.slice(0, 80))"""
# The contrast of each text with what is painted behind it, by the rule of WCAG; a badge's tint is
# laid over the colour below it.
FAINT = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const painted = (colors) => {
  canvas.clearRect(0, 0, 1, 1);
  for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = (rgb) => {
  const [r, g, b] = rgb.map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const faint = new Set();
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const one = texts.currentNode.parentElement;
  const text = texts.currentNode.data.trim().slice(0, 30);
  if (!text || !one.checkVisibility() || one.closest("script, svg")) continue;
  const behind = [];
  for (let at = one; at; at = at.parentElement) {
    behind.unshift(getComputedStyle(at).backgroundColor);
  }
  const [front, back] = [[...behind, getComputedStyle(one).color], behind]
    .map((colors) => light(painted(colors).slice(0, 3)));
  const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  if (contrast < 4.5) faint.add(`${text} ${contrast.toFixed(1)}`);
}
return [...faint];
"""


@pytest.fixture
def long(ocean: Ocean) -> tuple[str, ...]:
    """Every page, with something on it, all of it too long."""
    word = "Donaudampfschifffahrtsgesellschaft" * 8
    ocean.write(
        "component",
        {
            "identifier": "long",
            "title": word,
            "properties": {
                "notes": f"{word}\n\n    {word}\n\n| a | b |\n|---|---|\n| {word} | b |"
            },
            "relations": {"page": "acme"},
        },
    )
    ocean.log("WARNING", word)
    ocean.board(word)
    ocean.offer({**OPEN, "description": word}, MEND)
    given = {"page": "acme", "name": word}
    run = ocean.ask("POST", "/v1/actions/open/runs", {"properties": given})["run"]["id"]
    ocean.tell(ocean.take(), word, link=f"https://status.example.com/{word}", statusLabel="Done")
    ocean.begin()
    ocean.report("e", "incident_update", "completed", 123456, 123456)
    live = {"upsert": "true", "ocean_info_event_type": "http_request"}
    told = {"identifier": "told", "title": word}
    ocean.ask("POST", "/v1/blueprints/page/entities", told, **live)
    return (*PAGES, f"/run?id={run}")


def test_a_phone_needs_no_scrolling_to_the_side(long: tuple[str, ...], reader: Reader) -> None:
    reader.look(360, 740)
    for page in long:
        reader.open(page)
        assert reader.run(WIDER) == [], page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read(long: tuple[str, ...], reader: Reader, *, dark: bool) -> None:
    reader.look(dark=dark)
    for page in long:
        reader.open(page)
        assert reader.run(FAINT) == [], page


@pytest.mark.usefixtures("ocean")
def test_in_the_dark_it_is_dark(reader: Reader) -> None:
    color = "return getComputedStyle(document.body).backgroundColor"
    reader.open("/")
    assert reader.run(color) == "rgb(246, 247, 249)"
    reader.look(dark=True)
    assert reader.run(color) == "rgb(16, 19, 25)"


@pytest.mark.usefixtures("ocean")
def test_the_keyboard_skips_to_the_content_and_opens_an_entity(reader: Reader) -> None:
    reader.open("/blueprint?blueprint=component")
    assert reader.tab().text == "Skip to the content"
    reader.press(Keys.ENTER)
    assert reader.tab().get_attribute("name") == "text"
    reader.press("sign-in 008")
    reader.wait_for("1 of", "#found")
    names = [reader.tab().text for _ in range(12)]
    assert "Title" in names
    reader.run("document.querySelector('#entities tbody th a').focus()")
    reader.press(Keys.ENTER)
    reader.wait_for("Sign-in 008", "h1")


@pytest.mark.usefixtures("ocean")
def test_what_has_the_focus_shows_it(reader: Reader) -> None:
    reader.open("/")
    for _ in range(4):
        reader.tab()
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert reader.run(outline) == "solid"
