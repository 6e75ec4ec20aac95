"""Whatever colours an operator chooses, links and buttons can be read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage_server.config.appearance import Colours
from statuspage_server.core.contrast import contrast
from statuspage_server.site.theme import READABLE, theme_css


def test_contrast_is_counted_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1
    assert round(contrast("#15803d", "#ffffff"), 2) == 5.02


def test_without_colours_there_is_no_theme() -> None:
    assert theme_css(Colours()) == ""


def test_a_scheme_keeps_to_itself() -> None:
    css = theme_css(Colours(accent="#0b63b5", background_dark="#000000"))
    light, dark = css.splitlines()
    assert light.startswith("@media (prefers-color-scheme: light) { :root {")
    assert "--accent: #0b63b5; --link: #0b63b5; --on-accent: #ffffff;" in light
    assert dark == "@media (prefers-color-scheme: dark) { :root { --page: #000000; } }"


@settings(max_examples=50)
@given(st.integers(0, 0xFFFFFF))
def test_links_and_buttons_can_be_read_in_any_colour(number: int) -> None:
    accent = f"#{number:06x}"
    css = theme_css(Colours(accent=accent))
    found = {
        part.split(":")[0].strip(): part.split(":")[1].strip()
        for part in css.partition("{ :root { ")[2].split(";")
        if ":" in part
    }
    assert contrast(found["--link"], "#ffffff") >= READABLE
    assert contrast(found["--on-accent"], accent) >= READABLE
