"""Markdown in texts: what is meant to be formatted is, and nothing else gets through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage_server.site.markdown import TAGS, as_html, as_text
from tests.markup import Outline


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("a <b>tag</b> of the vendor's", "<p>a <b>tag</b> of the vendor's</p>\n"),
        ("List<String> & <50 ms", "<p>List&lt;String&gt; &amp; &lt;50 ms</p>\n"),
        ("# Large", "<h4>Large</h4>\n"),
        (
            "[here](https://example.com)",
            '<p><a href="https://example.com" rel="nofollow noopener">here</a></p>\n',
        ),
    ],
)
def test_what_is_meant_is_done(text: str, html: str) -> None:
    assert as_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>x</b>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/tracker.png)",
        '<a href="data:text/html,x">x</a>',
        "<img src=x onerror=alert(1)>",
        '<p style="position:fixed">x</p>',
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    for tag, attrs in Outline(str(as_html(text))).tags:
        assert tag in TAGS
        assert set(attrs) <= {"href", "title", "rel"}
        assert not (attrs.get("href") or "").startswith(("javascript:", "data:"))


@settings(max_examples=60)
@given(st.text(alphabet='<>/"=abp *_[]()`#\n&;!', max_size=60))
def test_whatever_is_written_stays_well_formed(text: str) -> None:
    outline = Outline(str(as_html(text)))
    assert outline.open == []
    assert {tag for tag, _ in outline.tags} <= TAGS


def test_as_plain_words() -> None:
    assert as_text("**We** see\n\n- one\n- <two>") == "We see one <two>"
    assert len(as_text("word " * 200)) <= 300
