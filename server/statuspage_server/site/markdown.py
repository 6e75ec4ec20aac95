"""Markdown in texts, made safe: a few tags, links to the web alone, and no pictures."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    *("a", "b", "blockquote", "br", "code", "del", "em", "hr", "i", "li", "ol", "p", "pre"),
    *("h2", "h3", "h4", "h5", "h6", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_WRITTEN = re.compile(r"</?(?:a|b|br|code|em|i|li|ol|p|strong|ul)\b[^<>]*>", re.IGNORECASE)


class _Renderer(RendererHTML):
    """The vendor's texts may hold a few HTML tags. Whatever else looks like one is text."""

    def html_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        content = tokens[idx].content
        return content if _WRITTEN.fullmatch(content) else escapeHtml(content)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"breaks": True, "html": True}, renderer_cls=_Renderer)
    return parser.enable(["table", "strikethrough"]).disable(["html_block", "image"])


_parse = _parser()


@lru_cache(maxsize=4096)
def as_html(text: str, heading: int = 4) -> Markup:
    """`heading` is the level of its largest headings: what is above them on the page stays so."""
    tokens = _parse.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + heading - 1)}"
    html = _parse.renderer.render(tokens, _parse.options, {})
    return Markup(  # noqa: S704 - it has just been cleaned
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href", "title"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow noopener",
        )
    )


def as_text(text: str, length: int = 300) -> str:
    """Without any markup, for descriptions and feeds' readers."""
    plain = nh3.clean(str(as_html(text)), tags=set())
    words = " ".join(Markup(plain).unescape().split())  # noqa: S704 - it has just been cleaned
    if len(words) <= length:
        return words
    return f"{words[: length - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
