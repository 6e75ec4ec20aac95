"""How a page looks to visitors: logo, colours, texts and links of its owner."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from statuspage_server.config.settings import Settings, Text

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_URL = re.compile(r"(https?://|mailto:|/)\S+")


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError("a colour is a # with six digits or letters from a to f")
    return text.lower()


def _url(text: str) -> str:
    if not _URL.fullmatch(text):
        raise ValueError("a link begins with https://, http://, mailto: or /")
    return text


def _by_language(value: Any) -> Any:
    """One text for everyone, or one for each language."""
    return {"": value} if isinstance(value, str) else value


type Colour = Annotated[str, AfterValidator(_colour)]
type Url = Annotated[str, Field(max_length=2000), AfterValidator(_url)]
type LongText = Annotated[str, Field(min_length=1, max_length=100_000)]
type LocalText = Annotated[dict[str, LongText], BeforeValidator(_by_language)]


class Link(Settings):
    text: Text = Field(examples=["text: Support"])
    url: Url = Field(examples=["url: https://example.com/support"])


class Colours(Settings):
    accent: Colour | None = Field(None, examples=['accent: "#0b63b5"'])
    background: Colour | None = Field(None, examples=['background: "#ffffff"'])
    text: Colour | None = Field(None, examples=['text: "#1f2328"'])
    accent_dark: Colour | None = Field(None, examples=['accent_dark: "#6cb6ff"'])
    background_dark: Colour | None = Field(None, examples=['background_dark: "#0d1117"'])
    text_dark: Colour | None = Field(None, examples=['text_dark: "#e6edf3"'])


class Appearance(Settings):
    logo: Text | None = Field(None, examples=["logo: logo.svg"])
    logo_link: Url | None = Field(None, examples=["logo_link: https://example.com"])
    header: LocalText = Field(default_factory=dict, examples=["header: Example Ltd"])
    about: LocalText = Field(default_factory=dict, examples=["about: We run shops."])
    footer: tuple[Link, ...] = Field(
        (), examples=["footer: [{text: Support, url: https://example.com/support}]"]
    )
    colors: Colours = Field(Colours(), examples=['colors: {accent: "#0b63b5"}'])
    css: LongText | None = Field(None, examples=['css: "h1 { font-weight: 800 }"'])
    texts: dict[str, dict[str, LongText]] = Field(
        default_factory=dict, examples=["texts: {de: {All systems operational: Alles läuft}}"]
    )


def in_language(text: dict[str, str], language: str) -> str | None:
    """The text in that language, else the one that is for everyone, else any."""
    return text.get(language) or text.get("") or next(iter(text.values()), None)
