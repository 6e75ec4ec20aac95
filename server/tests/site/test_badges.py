"""Badges: well-formed whatever they say, and legible."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage_server.core.contrast import contrast
from statuspage_server.site.badges import COLOURS, Badge


@settings(max_examples=30)
@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs")), max_size=30))
def test_any_label_makes_a_picture(label: str) -> None:
    svg = Badge(label, "Operational", "operational").svg()
    picture = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    assert picture.get("aria-label") == f"{label}: Operational"


@pytest.mark.parametrize("colour", [*COLOURS.values(), "#3b424b"])
def test_white_letters_can_be_read(colour: str) -> None:
    assert contrast("#ffffff", colour) >= 4.5
